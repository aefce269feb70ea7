/** Cards of points and methods, read from their fields: what a card does not have is left out. */

import type { Card } from "../contract";
import { h } from "../dom";
import type { Notifications } from "../notifications";
import type { Strings } from "../strings";
import { bare, cautionsLeft, cautionTexts, details, facts, list, numbers, part, records, sourceList,
  text } from "./fields";
import type { Fields } from "./fields";
import { pictures } from "./pictures";
import { codesOf, pointCard, pointList } from "./point_card";
import type { Look } from "./told";

export interface CardContext {
  words: Strings;
  /** Pictures come from the assistant's own server and from nowhere else. */
  server: string;
  say?(text: string): void;
  notifications?: Notifications | undefined;
  /** More ways to see where a point is; each is loaded when it is asked for. */
  sights?: Sights | undefined;
  /** How it stands in its answer. */
  look?: Look;
  /** The words of the answer: what they say, the card does not say again. */
  said?: string;
  /** Words of the answer that belong on the card, below the place. */
  inWords?: HTMLElement | undefined;
  enlarge?: { title: string; run(opener: HTMLElement): void } | undefined;
  isSoundOn?(): boolean;
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
  const isSmall = context.look === "small" && isOfPoints(card);
  const content = (isSmall ? small : contentOf)(card as Fields, context);
  if (!content) return null;
  const away = h("p", { class: "away", hidden: true }, context.words.alarm.withdrawn);
  return h(
    "section",
    {
      class: "card",
      "data-type": card.type,
      "data-look": context.look ?? null,
      "aria-label": nameOf(card as Fields, context.words),
    },
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

/** Whether the card is of points, which may lead their answer. */
export const isOfPoints = (card: Card): boolean => card.type === "point" || card.type === "points";

function contentOf(card: Fields, context: CardContext): HTMLElement | null {
  if (card.type === "points") {
    const points = records(card.points);
    return points.length > 1 ? pointList(points, context) : contentOf(points[0] ?? {}, context);
  }
  if (card.type === "point" || card.type === "point_withheld") return pointCard(card, context);
  if (card.type === "spot") return spot(card, context);
  if (card.type === "method") return method(card, context);
  return text(card.type).startsWith("reminder") ? aboutReminders(card, context) : null;
}

/** Cards of reminders are rare: they come over the line. The answer's words say the same. */
function aboutReminders(card: Fields, context: CardContext): HTMLElement {
  const place = h("div");
  void import("./reminders").then(
    ({ reminderContent }) => {
      const content = reminderContent(card, { say: () => undefined, ...context });
      if (content) place.replaceWith(content);
      else place.closest(".card")?.remove();
    },
    () => place.closest(".card")?.remove(),
  );
  return place;
}

/** One line with a small picture, which opens the card: the words beside it are the answer. */
function small(card: Fields, context: CardContext): HTMLElement | null {
  const { words, server, said = "" } = context;
  const point = card.type === "points" ? (records(card.points)[0] ?? {}) : card;
  const left = point.type === "point" ? cautionsLeft(point, said) : [];
  const content = pointCard(point, { ...context, said: [said, ...left].join(" ") });
  if (!content) return null;
  const near = pictures({ picture: point.picture ?? point.on_body }, server);
  near?.querySelector("img")?.setAttribute("alt", "");
  const why = text(point.why);
  return h(
    "div",
    { class: "small" },
    why && h("p", { class: "caution" }, why),
    left.length ? h("p", { class: "important" }, left.join(" ")) : null,
    h(
      "details",
      {},
      h(
        "summary",
        {},
        near,
        h(
          "span",
          { class: "card-head" },
          h("span", { class: "code" }, text(point.code)),
          " ",
          h("strong", {}, text(point.plain_name) || text(point.name)),
          h("span", { class: "see" }, words.card.see),
        ),
      ),
      content,
    ),
  );
}

function spot(card: Fields, { words, server, said = "", enlarge }: CardContext): HTMLElement | null {
  if (!text(card.name)) return null;
  const left = cautionsLeft(card, said);
  return h(
    "div",
    { class: "spot" },
    pictures(card, server, enlarge),
    h("p", { class: "card-head" }, h("strong", {}, text(card.name))),
    part(words.card.where, text(card.where)),
    left.length ? h("p", { class: "important" }, left.join(" ")) : null,
    more(card, words),
  );
}

function method(card: Fields, { words, said = "" }: CardContext): HTMLElement | null {
  const w = words.card;
  const steps = list(card.steps).length
    ? list(card.steps)
    : records(card.steps).map((step) => {
        const time = numbers(step.seconds);
        return text(step.text) + (time.length ? ` (${w.holdSeconds(time[0]!, time.at(-1)!)})` : "");
      });
  if (!steps.length) return null;
  const left = cautionsLeft(card, said);
  return h(
    "div",
    { class: "method" },
    h("p", { class: "card-head" }, h("strong", {}, text(card.name))),
    facts([[w.howLong, text(card.how_long)]]),
    text(card.never) && h("p", { class: "caution" }, w.neverUse(text(card.never))),
    left.length ? h("p", { class: "important" }, left.join(" ")) : null,
    details(w.details, [h("ol", { class: "steps" }, ...steps.map((each) => h("li", {}, bare(each))))]),
    more(card, words),
  );
}

/** What need not be seen at once: all cautions in full, and where it all comes from. */
function more(card: Fields, words: Strings): HTMLElement | null {
  const sources = sourceList(card);
  return details(words.card.more, [
    part(words.card.cautions, [...cautionTexts(card, true), ...cautionTexts(card, false)]),
    sources && h("div", { class: "part" }, h("h3", {}, words.card.sources), sources),
  ]);
}

function nameOf(card: Fields, words: Strings): string {
  const codes = codesOf(card).filter(Boolean);
  return codes.length
    ? words.card.point(codes.join(", "))
    : text(card.name) || text(card.title) || words.reminder.calendar;
}
