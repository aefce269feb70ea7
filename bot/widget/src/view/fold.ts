/** Long answers are folded. Whatever warns, forbids or names a doctor is never folded away. */

import { h, set } from "../dom";
import type { Strings } from "../strings";

const LONG = 900;
const FIRST = 450;
const WARNS =
  /\b(please note|do not|don't|not press|never|stop|careful|avoid|only if|ask (a|your)|doctor|midwife|pharmacist|emergency|urgent|pregnan\w*|call)\b/i;

/**
 * Fold the blocks of a long answer behind a button.
 *
 * @returns the button, or null where the answer is short or holds only what must be seen.
 */
export function fold(body: HTMLElement, words: Strings): HTMLButtonElement | null {
  const blocks = [...body.children] as HTMLElement[];
  if ((body.textContent ?? "").length <= LONG) return null;
  let seen = 0;
  const foldable = blocks.filter((block) => {
    const before = seen;
    const text = block.textContent ?? "";
    seen += text.length;
    return before >= FIRST && !WARNS.test(text);
  });
  if (!foldable.length) return null;
  const button = h(
    "button",
    { type: "button", class: "link fold", "aria-expanded": "false" },
    words.more,
  );
  const show = (isOpen: boolean): void => {
    for (const block of foldable) block.hidden = !isOpen;
    set(button, "aria-expanded", String(isOpen));
    button.textContent = isOpen ? words.less : words.more;
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  show(false);
  return button;
}
