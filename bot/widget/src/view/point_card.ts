/** The card of a point: the picture first, one sentence, one caution, and what to do. */

import { h, set } from "../dom";
import type { CardContext } from "./cards";
import { bare, capital, cautionsLeft, cautionTexts, facts, list, numbers, part, records, sourceList,
  text, valueOf } from "./fields";
import type { Fields } from "./fields";
import { pictures } from "./pictures";
import { PressTimer } from "./press_timer";

const FIRST_SENTENCE = /^.+?[.!?](?=\s|$)/su;

/** A point's card, or the words why it is withheld; null where it has no code. */
export function pointCard(card: Fields, context: CardContext): HTMLElement | null {
  if (!text(card.code)) return null;
  const isOffered = card.type === "point";
  const timer = isOffered ? timerOf(card, context) : null;
  const place = context.look === "list" ? capital(text(card.place)) : "";
  const where = place || firstSentence(text(card.where));
  const element = h(
    "div",
    { class: "point", "data-code": text(card.code) },
    pictures(card, context.server, context.enlarge, timer?.ring.element),
    h(
      "p",
      { class: "card-head" },
      h("span", { class: "code" }, text(card.code)),
      " ",
      h("strong", {}, text(card.plain_name) || text(card.name)),
    ),
    text(card.why) && h("p", { class: "caution" }, text(card.why)),
    isOffered && where && h("p", { class: "place", lang: "en", dir: "auto" }, bare(where)),
    context.inWords,
    isOffered && notes(card, context),
    timer?.line,
  );
  if (isOffered) element.append(...actions(card, where, context, timer));
  return element;
}

/** Several points side by side: swiped, or reached with the buttons above. */
export function pointList(cards: readonly Fields[], context: CardContext): HTMLElement | null {
  const each = cards.flatMap((card) => {
    const content = pointCard(card, { ...context, look: "list" });
    return content ? [{ code: text(card.code), item: h("li", {}, content) }] : [];
  });
  if (!each.length) return null;
  const { words } = context;
  const tabs = each.map(({ code, item }) =>
    h(
      "button",
      {
        type: "button",
        class: "tab",
        onclick: () => item.scrollIntoView({ block: "nearest", inline: "start" }),
      },
      code,
    ),
  );
  const strip = h(
    "ol",
    { class: "points", tabindex: 0, "aria-label": words.card.several(each.length) },
    ...each.map(({ item }) => item),
  );
  const mark = (): void => {
    const start = strip.getBoundingClientRect();
    const shown = each.findIndex(({ item }) => {
      const box = item.getBoundingClientRect();
      return (box.left + box.right) / 2 > start.left && (box.left + box.right) / 2 < start.right;
    });
    tabs.forEach((tab, i) => set(tab, "aria-current", i === shown ? "true" : null));
  };
  strip.addEventListener("scroll", mark, { passive: true });
  set(tabs[0]!, "aria-current", "true");
  return h("div", { class: "several" }, h("div", { class: "tabs" }, ...tabs), strip);
}

function timerOf(card: Fields, { words, isSoundOn }: CardContext): PressTimer | null {
  const seconds = numbers(card.hold_seconds)[0];
  if (!seconds) return null;
  return new PressTimer(
    words.card,
    seconds,
    card.sides === "both",
    text(card.stop_when),
    isSoundOn ?? (() => true),
  );
}

function notes(card: Fields, { said = "" }: CardContext): HTMLElement | null {
  const left = cautionsLeft(card, said);
  return left.length ? h("p", { class: "important" }, left.join(" ")) : null;
}

function actions(
  card: Fields,
  shown: string,
  context: CardContext,
  timer: PressTimer | null,
): HTMLElement[] {
  const w = context.words.card;
  const held = numbers(card.hold_seconds);
  const how = h(
    "div",
    { class: "panel", hidden: true },
    part(w.where, text(card.where).replace(shown, "").trim()),
    part(w.find, card.find, true),
    part(w.press, card.press, true),
    text(card.stop_when) && h("p", { class: "important" }, w.stop(text(card.stop_when))),
    part(w.position, text(card.position)),
    facts([
      [w.hold, held.length ? w.holdSeconds(held[0]!, held.at(-1)!) : ""],
      [w.sides, valueOf(card.sides, context.words)],
      [w.rounds, text(card.rounds)],
      [w.day, text(card.per_day)],
    ]),
  );
  const sources = sourceList(card);
  const more = h(
    "div",
    { class: "panel", hidden: true },
    part(w.cautions, [...cautionTexts(card, true), ...cautionTexts(card, false)]),
    part(w.usedFor, list(card.used_for).join(", ")),
    part(w.reach, valueOf(card.reach, context.words)),
    part(w.tools, list(card.tools).join(", ")),
    part(w.notWith, list(card.not_with).join(", ")),
    part(w.names, [text(card.name), text(card.english), text(card.line)].filter(Boolean).join(", ")),
    part(w.characters, text(card.characters), false, "zh"),
    sources && h("div", { class: "part" }, h("h3", {}, w.sources), sources),
  );
  const panels = [how, more].filter((panel) => panel.childElementCount);
  return [
    h(
      "div",
      { class: "actions" },
      timer?.button,
      ...panels.map((panel) => opener(panel === how ? w.how : w.more, panel, panels)),
    ),
    seeing(card, context),
    ...panels,
  ].filter((each) => each !== null);
}

/** A button that shows its panel, and puts the others away. */
function opener(title: string, panel: HTMLElement, all: HTMLElement[]): HTMLElement {
  const button = h("button", { type: "button", class: "chip", "aria-expanded": "false" }, title);
  button.addEventListener("click", () => {
    const isOpen = panel.hidden;
    for (const each of all) each.hidden = true;
    for (const each of button.parentElement!.querySelectorAll("[aria-expanded]")) {
      set(each, "aria-expanded", "false");
    }
    panel.hidden = !isOpen;
    set(button, "aria-expanded", String(isOpen));
  });
  return button;
}

function seeing(card: Fields, { words, sights }: CardContext): HTMLElement | null {
  const stop = text(card.stop_when);
  const buttons = sights?.buttons({
    code: text(card.code),
    cautions: [...cautionsLeft(card, ""), ...(stop ? [bare(words.card.stop(stop))] : [])],
  });
  return buttons?.length ? h("div", { class: "sights" }, ...buttons) : null;
}

const firstSentence = (told: string): string => FIRST_SENTENCE.exec(told)?.[0] ?? told;

/** The codes of a card's points, for its name. */
export const codesOf = (card: Fields): string[] =>
  (card.type === "points" ? records(card.points) : [card]).map((each) => text(each.code));
