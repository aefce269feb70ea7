/** One line that says how things stand, and a way on where there is one. */

import { h } from "../dom";

export interface Notice {
  text: string;
  action?: { title: string; run(): void };
}

/** Which matters more, first. */
const ORDER = [
  "refused",
  "offline",
  "gone",
  "limited",
  "reconnecting",
  "replaced",
  "starting",
  "slow",
  "broken",
  "connecting",
] as const;
export type Condition = (typeof ORDER)[number];
/** Moments too short to mention are not mentioned. */
const PATIENCE: Partial<Record<Condition, number>> = { connecting: 700, reconnecting: 500 };

export class StatusBar {
  private readonly line = h("span");
  private readonly button = h("button", { type: "button", class: "link", hidden: true });
  readonly element = h(
    "div",
    { class: "status", hidden: true },
    h("div", { role: "status" }, this.line),
    this.button,
  );
  private readonly notices = new Map<Condition, Notice>();
  private readonly delays = new Map<Condition, number>();
  private run: () => void = () => undefined;

  constructor() {
    this.button.addEventListener("click", () => this.run());
  }

  /** A condition holds, with these words; or no longer. */
  set(condition: Condition, notice: Notice | null): void {
    clearTimeout(this.delays.get(condition));
    this.delays.delete(condition);
    if (!notice) this.notices.delete(condition);
    else if (PATIENCE[condition] && !this.notices.has(condition)) {
      this.delays.set(
        condition,
        window.setTimeout(() => {
          this.notices.set(condition, notice);
          this.draw();
        }, PATIENCE[condition]),
      );
    } else this.notices.set(condition, notice);
    this.draw();
  }

  private draw(): void {
    const condition = ORDER.find((each) => this.notices.has(each));
    const notice = condition && this.notices.get(condition);
    this.element.hidden = !notice;
    this.element.dataset.condition = condition ?? "";
    if (this.line.textContent !== (notice?.text ?? "")) this.line.textContent = notice?.text ?? "";
    this.button.hidden = !notice?.action;
    this.button.textContent = notice?.action?.title ?? "";
    this.run = notice?.action?.run ?? (() => undefined);
  }
}
