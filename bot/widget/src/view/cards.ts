/** Cards of points and methods, read from their fields: what a card does not have is left out. */

import type { Card } from "../contract";
import { h } from "../dom";
import type { Notifications } from "../notifications";
import type { Strings } from "../strings";
import { pictures } from "./pictures";
import { reminderContent } from "./reminders";

type Fields = Record<string, unknown>;

export interface CardContext {
  words: Strings;
  /** Pictures come from the assistant's own server and from nowhere else. */
  server: string;
  say?(text: string): void;
  notifications?: Notifications | undefined;
  /** More ways to see where a point is; each is loaded when it is asked for. */
  sights?: Sights;
}

/** Ways to see a point that a card may offer. */
export interface Sights {
  /** The buttons for a point. */
  buttons(point: SeenPoint): HTMLElement[];
}

/** What such a way gets to know of a card. */
export interface SeenPoint {
  code: string;
  /** What must be seen with the point: important cautions, and when to stop. */
  cautions: string[];
}

/** The card as a section, or null for a card that has nothing to show here. */
export function cardView(card: Card, context: CardContext): HTMLElement | null {
  const content = contentOf(card as Fields, context);
  if (!content) return null;
  const away = h("p", { class: "away", hidden: true }, context.words.alarm.withdrawn);
  return h(
    "section",
    { class: "card", "data-type": card.type, "aria-label": nameOf(card as Fields, context.words) },
    content,
    away,
  );
}

/** Put a card away, or bring it back. */
export function withdraw(card: HTMLElement, isAway: boolean): void {
  for (const part of [...card.children] as HTMLElement[]) {
    part.hidden = part.classList.contains("away") ? !isAway : isAway;
  }
}

function contentOf(card: Fields, context: CardContext): HTMLElement | null {
  if (card.type === "points") {
    const each = records(card.points).map((point) => contentOf(point, context));
    const shown = each.filter((item): item is HTMLElement => item !== null);
    if (!shown.length) return null;
    const area = records([card.area])[0];
    const list = h("ol", { class: "points" }, ...shown.map((item) => h("li", {}, item)));
    const onBody = area && pictures({ on_body: area.on_body }, context.server);
    return h("div", {}, onBody, list);
  }
  if (card.type === "point" || card.type === "point_withheld") return point(card, context);
  if (card.type === "spot") return spot(card, context);
  if (card.type === "method") return method(card, context);
  return reminderContent(card, { say: () => undefined, ...context });
}

function point(card: Fields, { words, server, sights }: CardContext): HTMLElement | null {
  const w = words.card;
  if (!text(card.code)) return null;
  const held = numbers(card.hold_seconds);
  return h(
    "div",
    { class: "point" },
    h(
      "div",
      { class: "card-head" },
      h("span", { class: "code" }, text(card.code)),
      h(
        "span",
        { class: "names" },
        h("strong", {}, text(card.name)),
        text(card.english) && h("span", { class: "english" }, text(card.english)),
      ),
    ),
    text(card.why) && h("p", { class: "caution" }, text(card.why)),
    pictures(card, server),
    sights && card.type === "point" && seeing(card, words, sights),
    facts([
      [w.hold, held.length ? w.holdSeconds(held[0]!, held.at(-1)!) : ""],
      [w.sides, valueOf(card.sides, words)],
      [w.rounds, text(card.rounds)],
      [w.day, text(card.per_day)],
    ]),
    cautions(card, words),
    details(w.details, [
      part(w.where, text(card.where) || text(card.location)),
      part(w.find, card.find),
      part(w.press, card.press, true),
      part(w.position, text(card.position)),
      part(w.reach, valueOf(card.reach, words)),
      part(w.tools, list(card.tools).join(", ")),
      part(w.notWith, list(card.not_with).join(", ")),
      part(w.usedFor, list(card.used_for).join(", ")),
      part(w.line, text(card.line)),
      part(w.characters, text(card.characters), false, "zh"),
      part(w.cautions, cautionTexts(card, false)),
    ]),
    sources(card, words),
  );
}

function spot(card: Fields, { words, server }: CardContext): HTMLElement | null {
  if (!text(card.name)) return null;
  return h(
    "div",
    { class: "spot" },
    h("div", { class: "card-head" }, h("strong", {}, text(card.name))),
    pictures(card, server),
    part(words.card.where, text(card.where)),
    cautions(card, words),
    sources(card, words),
  );
}

function method(card: Fields, { words }: CardContext): HTMLElement | null {
  const w = words.card;
  const steps = list(card.steps).length
    ? list(card.steps)
    : records(card.steps).map((step) => {
        const time = numbers(step.seconds);
        return text(step.text) + (time.length ? ` (${w.holdSeconds(time[0]!, time.at(-1)!)})` : "");
      });
  if (!steps.length) return null;
  return h(
    "div",
    { class: "method" },
    h("div", { class: "card-head" }, h("strong", {}, text(card.name))),
    facts([[w.howLong, text(card.how_long)]]),
    text(card.never) && h("p", { class: "caution" }, w.neverUse(text(card.never))),
    cautions(card, words),
    details(w.details, [
      h("ol", { class: "steps" }, ...steps.map((step) => h("li", {}, bare(step)))),
      part(w.cautions, cautionTexts(card, false)),
    ]),
    sources(card, words),
  );
}

function seeing(card: Fields, words: Strings, sights: Sights): HTMLElement | null {
  const stop = text(card.stop_when);
  const buttons = sights.buttons({
    code: text(card.code),
    cautions: [...cautionTexts(card, true), ...(stop ? [words.card.stop(stop)] : [])].map(bare),
  });
  return buttons.length ? h("div", { class: "sights" }, ...buttons) : null;
}

/** What must be seen without a tap; the milder cautions stand in the details. */
function cautions(card: Fields, words: Strings): HTMLElement | null {
  const all = cautionTexts(card, true);
  const stop = text(card.stop_when);
  if (!all.length && !stop) return null;
  return h(
    "div",
    { class: "cautions" },
    h("h3", {}, words.card.cautions),
    h(
      "ul",
      {},
      ...all.map((each) => h("li", { class: "important" }, bare(each))),
      stop && h("li", { class: "important" }, words.card.stop(stop)),
    ),
  );
}

function cautionTexts(card: Fields, isImportant: boolean): string[] {
  return records(card.cautions)
    .filter((each) => (each.important !== false) === isImportant)
    .map((each) => text(each.text));
}

function sources(card: Fields, words: Strings): HTMLElement | null {
  const all = records(card.sources).map((source) =>
    h(
      "li",
      {},
      text(source.title),
      text(source.where) && h("span", { class: "where" }, ` ${text(source.where)}`),
    ),
  );
  return all.length ? details(words.card.sources, [h("ul", { class: "sources" }, ...all)]) : null;
}

function facts(pairs: [string, string][]): HTMLElement | null {
  const told = pairs.filter(([, value]) => value);
  if (!told.length) return null;
  return h(
    "dl",
    { class: "facts" },
    ...told.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

function part(
  name: string,
  told: unknown,
  isOrdered = false,
  lang: string | null = null,
): HTMLElement | null {
  const lines = list(told);
  const one = text(told);
  if (!one && !lines.length) return null;
  const body =
    lines.length > 1
      ? h(isOrdered ? "ol" : "ul", {}, ...lines.map((line) => h("li", {}, bare(line))))
      : h("p", { lang }, bare(one || lines[0]!));
  return h("div", { class: "part" }, h("h3", {}, name), body);
}

function details(name: string, parts: (HTMLElement | null)[]): HTMLElement | null {
  const shown = parts.filter(Boolean);
  return shown.length ? h("details", {}, h("summary", {}, name), ...shown) : null;
}

function nameOf(card: Fields, words: Strings): string {
  const points = records(card.points).map((each) => text(each.code));
  return points.length
    ? words.card.point(points.join(", "))
    : text(card.code)
      ? words.card.point(text(card.code))
      : text(card.name) || text(card.title) || words.reminder.calendar;
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each): each is number => typeof each === "number") : [];
const records = (value: unknown): Fields[] =>
  Array.isArray(value)
    ? value.filter((each): each is Fields => typeof each === "object" && each !== null)
    : [];
const valueOf = (value: unknown, words: Strings): string =>
  words.card.values[text(value)] ?? text(value).replaceAll("_", " ");
/** A card holds plain words; a stray emphasis mark is not shown. */
const bare = (value: string): string => value.replace(/\*\*|(?<=^|\s)_|_(?=\s|$)/g, "");
