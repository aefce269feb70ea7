/** Thumbs up or down, and for a thumb down the reason, if the person likes to tell. */

import type { Vote } from "../contract";
import { h, icon, set } from "../dom";
import { ICONS } from "../icons";
import type { Strings } from "../strings";

export type SendVote = (vote: Vote | null, reason?: string) => Promise<boolean>;

export interface Feedback {
  buttons: HTMLElement[];
  /** Where the question for the reason and the thanks appear. */
  place: HTMLElement;
}

/** @param told what was said of the message before. */
export function feedback(words: Strings, send: SendVote, told: Vote | null): Feedback {
  const place = h("div", { class: "feedback" });
  const up = thumb("up", words.actions.up);
  const down = thumb("down", words.actions.down);
  let vote = told;
  const show = (): void => {
    set(up, "aria-pressed", String(vote === "up"));
    set(down, "aria-pressed", String(vote === "down"));
  };
  const say = (text: string): void => {
    place.replaceChildren(h("p", { role: "status" }, text));
  };
  const cast = async (next: Vote | null): Promise<void> => {
    const before = vote;
    vote = next;
    show();
    place.replaceChildren();
    if (next === "down") askWhy().catch(() => undefined);
    if (await send(next)) {
      if (next === "up") say(words.feedback.thanks);
      return;
    }
    vote = before;
    show();
    say(words.feedback.failed);
  };
  // Seldom wanted, so it comes over the line; without it the vote counts all the same.
  const askWhy = async (): Promise<void> => {
    const { reasonForm } = await import("./reason");
    if (vote === "down") place.replaceChildren(reasonForm(words, tell, down));
  };
  const tell = async (reason: string): Promise<void> => {
    const isSaved = !reason || (await send("down", reason));
    say(isSaved ? words.feedback.thanks : words.feedback.failed);
    down.focus();
  };
  up.addEventListener("click", () => void cast(vote === "up" ? null : "up"));
  down.addEventListener("click", () => void cast(vote === "down" ? null : "down"));
  show();
  return { buttons: [up, down], place };
}

function thumb(which: Vote, label: string): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: `tool vote-${which}`, "aria-label": label, title: label },
    icon(ICONS[which]),
  );
}
