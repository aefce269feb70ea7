/** The button to speak, the line above the message box that tells how it goes, and the consent. */

import { h, icon, set } from "../dom";
import { ICONS } from "../icons";
import type { VoiceWords } from "../voice/words";
import { confirmation } from "./menu";

export type TalkState = "idle" | "asking" | "listening" | "writing";

/** A press shorter than this leaves the microphone on until the next one. */
export const HOLD_MS = 500;

export interface TalkActions {
  begin(): void;
  end(): void;
  cancel(): void;
  hush(): void;
}

export class Talk {
  readonly button: HTMLButtonElement;
  readonly line: HTMLElement;
  readonly consent: HTMLDialogElement;
  private readonly text = h("span");
  private readonly hush: HTMLButtonElement;
  private state: TalkState = "idle";
  private pressedAt = 0;

  constructor(
    private readonly words: VoiceWords,
    private readonly actions: TalkActions,
    agreed: () => void,
  ) {
    this.button = h(
      "button",
      { type: "button", class: "talk", hidden: true },
      icon(ICONS.microphone),
      h("span", {}),
    );
    this.hush = h(
      "button",
      { type: "button", class: "link", hidden: true, onclick: () => actions.hush() },
      words.hush,
    );
    this.line = h(
      "div",
      { class: "talk-line", hidden: true },
      h("div", { role: "status" }, this.text),
      this.hush,
    );
    this.consent = confirmation(words.consent, agreed);
    this.button.addEventListener("pointerdown", (event) => this.down(event));
    this.button.addEventListener("pointerup", () => this.up());
    this.button.addEventListener("pointercancel", () => this.up());
    this.button.addEventListener("contextmenu", (event) => event.preventDefault());
    // Keyboards, switches and screen readers press without a pointer: on, and off again.
    this.button.addEventListener("click", (event) => {
      if (event.detail === 0) this.toggle();
    });
    this.show("idle");
  }

  /** How it stands, with words for it; without any, the line stays as it is. */
  show(state: TalkState, text?: string): void {
    this.state = state;
    const { words } = this;
    const label = state === "listening" ? words.stop : words.talk;
    set(this.button, "aria-label", label);
    set(this.button, "title", label);
    this.button.lastElementChild!.textContent = label;
    this.button.dataset.state = state;
    set(this.button, "aria-disabled", state === "writing" || state === "asking" ? "true" : null);
    if (text !== undefined) this.tell(text);
  }

  /** Whether an answer is being read aloud: then it can be stopped. */
  speaking(isOn: boolean): void {
    this.hush.hidden = !isOn;
    this.line.hidden = !isOn && !this.text.textContent;
  }

  tell(text: string): void {
    this.text.textContent = text;
    this.line.hidden = !text && this.hush.hidden;
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.button.setPointerCapture(event.pointerId);
    const wasListening = this.state === "listening";
    this.pressedAt = wasListening ? 0 : performance.now();
    this.toggle();
  }

  private up(): void {
    const isHeld = this.pressedAt > 0 && performance.now() - this.pressedAt > HOLD_MS;
    this.pressedAt = 0;
    if (isHeld && this.state === "listening") this.actions.end();
    else if (isHeld && this.state === "asking") this.actions.cancel();
  }

  private toggle(): void {
    if (this.state === "idle") this.actions.begin();
    else if (this.state === "listening") this.actions.end();
  }
}
