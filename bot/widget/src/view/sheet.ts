/** A page to take away: points, pictures, cautions and pain, for a doctor. Made on the device. */

import { h } from "../dom";
import type { Relief } from "./pain_chart";

const WORDS = {
  title: "My back: a page for my doctor",
  made: (day: string) => `Made on ${day} with Acupoint, an assistant that is no doctor.`,
  pain: "My pain before and after each session, from 0 to 10",
  head: ["Day", "Before", "After"],
  points: "Points that were talked about",
  none: "No point was talked about yet.",
  notes: "My own notes",
  print: "Print or save",
  close: "Close",
};

/**
 * The page as a window; printing prints it alone.
 *
 * @param cards the cards of the conversation; each point stands once.
 */
export function sheet(
  cards: readonly HTMLElement[],
  reliefs: readonly Relief[],
  lang: string,
): HTMLDialogElement {
  const day = (at: string | number): string =>
    new Intl.DateTimeFormat(lang, { dateStyle: "medium" }).format(new Date(at));
  const points = new Map<string, HTMLElement>();
  for (const card of cards) {
    if (!points.has(card.dataset.code!)) points.set(card.dataset.code!, forPaper(card));
  }
  const dialog = h(
    "dialog",
    { class: "question sheet", "aria-label": WORDS.title },
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "primary", onclick: () => window.print() }, WORDS.print),
      h("button", { type: "button", class: "chip", onclick: () => dialog.close() }, WORDS.close),
    ),
    h("h2", {}, WORDS.title),
    h("p", {}, WORDS.made(day(Date.now()))),
    reliefs.length ? h("h3", {}, WORDS.pain) : null,
    reliefs.length ? table(reliefs, day) : null,
    h("h3", {}, WORDS.points),
    ...(points.size ? points.values() : [h("p", {}, WORDS.none)]),
    h("h3", {}, WORDS.notes),
    h("div", { class: "lines", "aria-hidden": "true" }),
  );
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

function table(reliefs: readonly Relief[], day: (at: string) => string): HTMLElement {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...WORDS.head.map((each) => h("th", { scope: "col" }, each)))),
    h(
      "tbody",
      {},
      ...reliefs.map(({ at, before, after }) =>
        h("tr", {}, ...[day(at), String(before), String(after)].map((each) => h("td", {}, each))),
      ),
    ),
  );
}

/** A card with all that stands behind its buttons, and without them. */
function forPaper(card: HTMLElement): HTMLElement {
  const copy = card.cloneNode(true) as HTMLElement;
  for (const button of copy.querySelectorAll(".actions, .sights, .timer, .press-line")) button.remove();
  for (const panel of copy.querySelectorAll<HTMLElement>(".panel")) panel.hidden = false;
  for (const near of copy.querySelectorAll(".enlarge")) {
    near.replaceWith(...near.querySelectorAll("img"));
  }
  for (const image of copy.querySelectorAll("img")) image.loading = "eager";
  return copy;
}
