/** The time of one hold, on the card itself: the picture stays to be seen while one presses. */

import { Countdown } from "../countdown";
import { allowSound, chime, Light, vibrate } from "../device";
import { h, set } from "../dom";
import type { Strings } from "../strings";
import { Ring } from "./ring";

export class PressTimer {
  readonly ring: Ring;
  readonly button: HTMLButtonElement;
  /** What is said at the beginning and at the end. */
  readonly line = h("p", { class: "press-line", role: "status" });
  private countdown: Countdown | null = null;
  private ticking = 0;
  private readonly light = new Light();

  constructor(
    private readonly words: Strings["card"],
    private readonly seconds: number,
    private readonly hasTwoSides: boolean,
    /** Completes "Stop ...". */
    private readonly stopWhen: string,
    private readonly isSoundOn: () => boolean,
  ) {
    this.ring = new Ring(words.pressing);
    this.button = h(
      "button",
      { type: "button", class: "primary start", onclick: () => this.flip() },
      words.start(seconds),
    );
  }

  private flip(): void {
    allowSound();
    if (this.countdown) this.end("");
    else this.begin();
  }

  private begin(): void {
    this.countdown = new Countdown(this.seconds);
    this.countdown.start();
    this.light.want(true);
    this.show(true);
    this.line.textContent = this.stopWhen && this.words.stop(this.stopWhen);
    this.ticking = window.setInterval(() => this.tick(), 200);
    this.tick();
  }

  private tick(): void {
    const { countdown, button } = this;
    // A card that was put away, or is gone, counts no further.
    if (!countdown || !button.isConnected || button.closest("[hidden]")) return this.end("");
    this.ring.draw(countdown.shown, countdown.share);
    if (!countdown.isOver) return;
    if (this.isSoundOn()) chime();
    vibrate();
    this.end(this.hasTwoSides ? this.words.otherSide : this.words.letGo);
  }

  private end(said: string): void {
    clearInterval(this.ticking);
    this.countdown = null;
    this.light.want(false);
    this.show(false);
    this.line.textContent = said;
  }

  private show(isOn: boolean): void {
    this.ring.element.hidden = !isOn;
    this.button.textContent = isOn ? this.words.stopPressing : this.words.start(this.seconds);
    const card = this.button.closest(".point");
    if (card) set(card, "data-pressing", isOn);
  }
}
