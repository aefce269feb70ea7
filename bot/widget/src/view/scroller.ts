/** The part that scrolls: follows what is new, unless the person reads; arrow keys walk through it. */

import { h, icon } from "../dom";
import { ICONS } from "../icons";
import type { Strings } from "../strings";

const NEAR = 80;
const KEYS = ["ArrowUp", "ArrowDown", "Home", "End"];

export class Scroller {
  readonly element: HTMLElement;
  readonly newer: HTMLButtonElement;
  private isFollowing = true;
  private isMovedByHand = false;

  constructor(words: Strings, ...content: HTMLElement[]) {
    this.element = h(
      "div",
      // What is new is told by the announcer, once; a live log would tell it again.
      {
        class: "scroller",
        role: "log",
        "aria-live": "off",
        "aria-label": words.conversation,
        tabindex: 0,
      },
      ...content,
    );
    this.newer = h(
      "button",
      { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() },
      icon(ICONS.down_arrow),
      words.newer,
    );
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"] as const) {
      this.element.addEventListener(moved, () => (this.isMovedByHand = true), { passive: true });
    }
    this.element.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Something new stands here: show its beginning, if the person was at the end. */
  follow(row: HTMLElement): void {
    if (!this.isFollowing) {
      this.newer.hidden = false;
      return;
    }
    const { element } = this;
    const end = element.scrollHeight - element.clientHeight;
    const top = row.offsetTop - element.offsetTop - 12;
    element.scrollTo({ top: Math.min(end, Math.max(top, element.scrollTop)) });
    this.isFollowing = true;
  }

  /** Go to the end, as after sending. */
  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.isFollowing = true;
    this.newer.hidden = true;
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      this.isFollowing = true;
      this.newer.hidden = true;
    } else if (this.isMovedByHand) this.isFollowing = false;
    this.isMovedByHand = false;
  }

  private walk(event: KeyboardEvent): void {
    if (!KEYS.includes(event.key)) return;
    const target = event.target as HTMLElement;
    if (target.closest("textarea, input")) return;
    const rows = [...this.element.querySelectorAll<HTMLElement>(".message")];
    if (!rows.length) return;
    const now = rows.indexOf(target.closest<HTMLElement>(".message")!);
    const next = {
      ArrowUp: now < 0 ? rows.length - 1 : Math.max(0, now - 1),
      ArrowDown: now < 0 ? 0 : Math.min(rows.length - 1, now + 1),
      Home: 0,
      End: rows.length - 1,
    }[event.key as "Home"];
    event.preventDefault();
    rows[next]!.focus();
    rows[next]!.scrollIntoView({ block: "nearest" });
  }
}
