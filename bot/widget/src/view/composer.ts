/** Where the person writes. */

import { h, icon } from "../dom";
import { ICONS } from "../icons";
import type { Strings } from "../strings";

/** What is being written, kept over a reload. */
export interface Draft {
  kept(): string | null;
  keep(text: string): void;
}

export class Composer {
  private lastSaid = "";
  private readonly box: HTMLTextAreaElement;
  readonly element: HTMLFormElement;

  constructor(
    words: Strings,
    lang: string,
    private readonly say: (text: string) => void,
    private readonly draft: Draft = { kept: () => null, keep: () => undefined },
  ) {
    this.box = h("textarea", {
      rows: 1,
      lang,
      dir: "auto",
      "aria-label": words.messageLabel,
      placeholder: words.placeholder,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.element = h(
      "form",
      { class: "composer" },
      this.box,
      h(
        "button",
        { type: "submit", class: "send", "aria-label": words.send, title: words.send },
        icon(ICONS.send),
      ),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp" && !this.box.value && this.lastSaid) {
        event.preventDefault();
        this.write(this.lastSaid);
      }
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.box.value = draft.kept() ?? "";
    this.box.addEventListener("input", () => this.draft.keep(this.box.value));
  }

  /** Whether something is being written. */
  get isInUse(): boolean {
    return this.box.value.trim() !== "";
  }

  focus(): void {
    this.box.focus();
  }

  /** Put a button beside the box. */
  addButton(button: HTMLElement): void {
    this.box.after(button);
  }

  /** Put words behind what stands there; the person's place stays where it is. */
  append(text: string): void {
    this.write([this.box.value.trim(), text].filter(Boolean).join(" "));
  }

  /** Put words back to be changed; what stands there already is not overwritten. */
  edit(text: string): void {
    this.write([text, this.box.value].filter(Boolean).join("\n"));
    this.box.focus();
  }

  private write(text: string): void {
    this.box.value = text;
    this.draft.keep(text);
  }

  private send(): void {
    const text = this.box.value.trim();
    if (!text) return;
    this.write("");
    this.lastSaid = text;
    this.say(text);
  }
}
