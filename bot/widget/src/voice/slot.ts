/** The place of voice in the chat. What it takes is loaded where it is offered, or wanted. */

import type { AssistantEntry } from "../contract";
import { h } from "../dom";
import type { Session } from "../session";
import type { Drawer } from "../storage";
import { offered } from "./offer";
import type { Voice, VoiceActions } from "./voice";

export const ALOUD = "aloud" as const;

export class VoiceSlot {
  readonly button = h("span", { class: "slot" });
  readonly line = h("div", { class: "slot" });
  readonly consent = h("div", { class: "slot" });
  private voice: Voice | null = null;
  private coming: Promise<Voice> | null = null;

  constructor(
    private readonly server: string,
    private readonly session: Session,
    private readonly drawer: Drawer,
    private readonly actions: VoiceActions,
  ) {}

  /** Ask the server whether voice is on. */
  async open(): Promise<void> {
    const offer = await offered(this.server);
    if (offer) (await this.load().catch(() => null))?.open(offer);
  }

  stop(): void {
    this.voice?.stop();
  }

  /** The person has said something: nothing more is read, and nothing more told. */
  hush(): void {
    this.voice?.mouth.stop();
    this.voice?.talk.tell("");
  }

  get isBusy(): boolean {
    return this.voice?.mouth.isSpeaking ?? false;
  }

  get isAloud(): boolean {
    return this.drawer.get(ALOUD) === "on";
  }

  toggleAloud(): void {
    this.drawer.set(ALOUD, this.isAloud ? "off" : "on");
    if (this.isAloud) void this.with((voice) => voice.prepare());
    else this.voice?.mouth.stop();
  }

  /** A new answer: read it, if the person wants that. */
  answered(entry: AssistantEntry): void {
    if (this.isAloud) this.say(entry);
  }

  say(entry: AssistantEntry): void {
    void this.with((voice) => voice.mouth.say(entry));
  }

  /** Read one answer now, or stop reading. */
  read(entry: AssistantEntry): void {
    void this.with((voice) => voice.read(entry));
  }

  /** Escape: stop reading, and forget what is being recorded. */
  escape(): boolean {
    return this.voice?.escape() ?? false;
  }

  private async with(act: (voice: Voice) => void): Promise<void> {
    const voice = await this.load().catch(() => null);
    if (voice) act(voice);
  }

  private load(): Promise<Voice> {
    this.coming ??= import("./voice").then(({ Voice }) => {
      this.voice = new Voice(this.server, this.session, this.drawer, this.actions);
      this.button.append(this.voice.talk.button);
      this.line.append(this.voice.talk.line);
      this.consent.append(this.voice.talk.consent);
      return this.voice;
    });
    // What could not be loaded is tried again when it is wanted again.
    this.coming.catch(() => (this.coming = null));
    return this.coming;
  }
}
