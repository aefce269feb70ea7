/** A ring that empties while time passes, and breathes slowly where motion is wanted. */

import { h, set, svg } from "../dom";

const LENGTH = 2 * Math.PI * 44;

export class Ring {
  private readonly arc = svg("circle", {
    class: "arc",
    cx: 50,
    cy: 50,
    r: 44,
    "stroke-dasharray": LENGTH,
    "stroke-dashoffset": 0,
  });
  private readonly count = h("span", { class: "count" });
  readonly element: HTMLElement;

  /** @param label what the time is of, for screen readers, which do not hear it run. */
  constructor(label: string) {
    this.element = h(
      "div",
      { class: "timer", role: "timer", "aria-live": "off", "aria-label": label, hidden: true },
      h("span", { class: "breath", "aria-hidden": "true" }),
      svg(
        "svg",
        { viewBox: "0 0 100 100", "aria-hidden": "true", focusable: "false" },
        svg("circle", { class: "track", cx: 50, cy: 50, r: 44 }),
        this.arc,
      ),
      this.count,
    );
  }

  /** Show what is left: whole seconds, and the share from 1 to 0. */
  draw(seconds: number, share: number): void {
    const shown = String(seconds);
    if (this.count.textContent !== shown) this.count.textContent = shown;
    set(this.arc, "stroke-dashoffset", LENGTH * (1 - share));
    set(this.element, "data-over", seconds <= 0);
  }
}
