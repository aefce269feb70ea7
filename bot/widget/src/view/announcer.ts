/** What a screen reader is told: each message once, politely; warnings at once. Seen by nobody. */

import { h } from "../dom";

const KEPT = 8;
const ALERT_MS = 15_000;

export class Announcer {
  private readonly polite = h("div", {
    class: "spoken",
    "aria-live": "polite",
    "aria-atomic": "false",
    "aria-relevant": "additions",
  });
  private readonly alerts = h("div", { class: "alerts", role: "alert" });
  readonly element = h("div", { class: "unseen" }, this.polite, this.alerts);
  private alertTimer = 0;

  /** Say it when the person's own reading pauses. */
  say(text: string): void {
    this.polite.append(h("p", {}, text));
    while (this.polite.childElementCount > KEPT) this.polite.firstElementChild?.remove();
  }

  /** Say it at once: for warning signs only. */
  alert(text: string): void {
    clearTimeout(this.alertTimer);
    this.alerts.replaceChildren(h("p", {}, text));
    // Read out by then; afterwards it would be met a second time.
    this.alertTimer = window.setTimeout(() => this.alerts.replaceChildren(), ALERT_MS);
  }

  clear(): void {
    clearTimeout(this.alertTimer);
    this.polite.replaceChildren();
    this.alerts.replaceChildren();
  }
}
