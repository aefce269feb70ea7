/** Notifications of this browser about reminders, for those who ask for them. */

import type { Ack } from "./contract";

const WORKER = "/reminder-worker.js";

export type NoticeState = "off" | "on" | "denied";

export class Notifications {
  constructor(
    private readonly server: string,
    private readonly ask: <T>(event: string, body: object) => Promise<Ack<T> | null>,
  ) {}

  /** Only where the page is the assistant's own: a worker belongs to the site it came from. */
  get isPossible(): boolean {
    return (
      window.isSecureContext &&
      "serviceWorker" in navigator &&
      "PushManager" in window &&
      "Notification" in window &&
      new URL(this.server).origin === location.origin
    );
  }

  async state(): Promise<NoticeState> {
    if (Notification.permission === "denied") return "denied";
    const worker = await navigator.serviceWorker.getRegistration(WORKER);
    return (await worker?.pushManager.getSubscription()) ? "on" : "off";
  }

  /** Ask the person, and have the server told where to send them. */
  async turnOn(): Promise<NoticeState> {
    if ((await Notification.requestPermission()) !== "granted") return this.state();
    const key = await this.ask<{ key: string }>("push_key", {});
    if (!key?.ok) return "off";
    try {
      await navigator.serviceWorker.register(WORKER);
      const worker = await navigator.serviceWorker.ready;
      const subscription = await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: key.key,
      });
      const told = await this.ask("push_on", { subscription: subscription.toJSON() });
      if (told?.ok) return "on";
      await subscription.unsubscribe();
    } catch {
      // The browser has no push service, or would not let itself be reached.
    }
    return "off";
  }

  async turnOff(): Promise<NoticeState> {
    const worker = await navigator.serviceWorker.getRegistration(WORKER);
    const subscription = await worker?.pushManager.getSubscription();
    if (subscription) {
      await this.ask("push_off", { subscription: subscription.toJSON() });
      await subscription.unsubscribe();
    }
    return "off";
  }
}
