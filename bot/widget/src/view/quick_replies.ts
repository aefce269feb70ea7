/** Buttons that say something for the person. Used ones stay to be seen, and do nothing more. */

import type { QuickReply } from "../contract";
import { h, set } from "../dom";

/**
 * A row of quick replies.
 *
 * They are `aria-disabled` once spent, not `disabled`: that would throw away the keyboard's place.
 */
export function quickReplies(
  replies: readonly QuickReply[],
  label: string,
  say: (reply: QuickReply) => void,
): HTMLElement {
  const row = h("div", { class: "replies", role: "group", "aria-label": label });
  for (const reply of replies) {
    const button = h(
      "button",
      { type: "button", class: "chip", "data-payload": reply.payload },
      reply.title,
    );
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      spend(row, reply.payload);
      say(reply);
    });
    row.append(button);
  }
  return row;
}

/** Mark all as used, and the one that was said, if it is among them. */
export function spend(row: Element, said?: string): void {
  for (const button of row.querySelectorAll("button")) {
    set(button, "aria-disabled", "true");
    if (said !== undefined && (button.dataset.payload === said || button.textContent === said)) {
      button.classList.add("chosen");
    }
  }
}
