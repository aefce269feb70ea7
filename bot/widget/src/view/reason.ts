/** The question why an answer did not help. Loaded on demand. */

import { h } from "../dom";
import type { Strings } from "../strings";

const LONGEST = 500;

/** @param tell sends the reason, or nothing; @param opener has the keyboard's place after Escape. */
export function reasonForm(
  words: Strings,
  tell: (reason: string) => Promise<void>,
  opener: HTMLElement,
): HTMLElement {
  const box = h("textarea", { rows: 2, maxlength: LONGEST, "aria-label": words.feedback.label });
  const form = h(
    "form",
    { class: "reason" },
    h("p", {}, words.feedback.ask),
    box,
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "chip" }, words.feedback.send),
      h(
        "button",
        { type: "button", class: "link", onclick: () => void tell("") },
        words.feedback.skip,
      ),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void tell(box.value.trim());
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    form.remove();
    opener.focus();
  });
  return form;
}
