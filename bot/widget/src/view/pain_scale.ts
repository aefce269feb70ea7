/** How strong the pain is: numbers in one row, with words at both ends. */

import type { StepCard } from "../contract";
import { h } from "../dom";
import type { Strings } from "../strings";

/** The scale; pressing a number says it. */
export function painScale(
  { least, most }: NonNullable<StepCard["pain"]>,
  { session }: Strings,
  press: (button: HTMLButtonElement) => void,
): HTMLElement[] {
  const buttons = Array.from({ length: most - least + 1 }, (_, i) => least + i).map((value) => {
    const button = h(
      "button",
      {
        type: "button",
        "data-say": String(value),
        "data-level": String(value),
        "aria-label": session.painValue(value, least, most),
      },
      String(value),
    );
    button.addEventListener("click", () => press(button));
    return button;
  });
  return [
    h("div", { class: "scale", role: "group", "aria-label": session.pain }, ...buttons),
    h(
      "div",
      { class: "ends", "aria-hidden": "true" },
      h("span", {}, session.none),
      h("span", {}, session.worst),
    ),
  ];
}
