/** Reads the fields of a card: what is not there, or of another kind, is left out. */

import { h } from "../dom";
import type { Strings } from "../strings";

export type Fields = Record<string, unknown>;

export const text = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

export const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

export const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each): each is number => typeof each === "number") : [];

export const records = (value: unknown): Fields[] =>
  Array.isArray(value)
    ? value.filter((each): each is Fields => typeof each === "object" && each !== null)
    : [];

export const valueOf = (value: unknown, words: Strings): string =>
  words.card.values[text(value)] ?? text(value).replaceAll("_", " ");

/** A card holds plain words; a stray emphasis mark is not shown. */
export const bare = (value: string): string => value.replace(/\*\*|(?<=^|\s)_|_(?=\s|$)/g, "");

export const capital = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);

/** A heading with what it is about: a sentence, or a list of steps. Null where there is nothing. */
export function part(
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

/** Short facts side by side; one without a value is left out. */
export function facts(pairs: [string, string][]): HTMLElement | null {
  const told = pairs.filter(([, value]) => value);
  if (!told.length) return null;
  return h(
    "dl",
    { class: "facts" },
    ...told.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** Parts that are seen after a tap. */
export function details(name: string, parts: (HTMLElement | null)[]): HTMLElement | null {
  const shown = parts.filter(Boolean);
  return shown.length ? h("details", {}, h("summary", {}, name), ...shown) : null;
}

/** What a card rests on. */
export function sourceList(card: Fields): HTMLElement | null {
  const all = records(card.sources).map((source) =>
    h(
      "li",
      {},
      text(source.title),
      text(source.where) && h("span", { class: "where" }, ` ${text(source.where)}`),
    ),
  );
  return all.length ? h("ul", { class: "sources" }, ...all) : null;
}

/** What must be seen without a tap, in full. */
export const cautionTexts = (card: Fields, isImportant: boolean): string[] =>
  records(card.cautions)
    .filter((each) => (each.important !== false) === isImportant)
    .map((each) => text(each.text));

/** What must be seen without a tap and stands in none of the words said, each in few words. */
export const cautionsLeft = (card: Fields, said: string): string[] => [
  ...new Set(
    records(card.cautions)
      .filter((each) => each.important !== false)
      .map((each) => bare(text(each.short) || text(each.text)))
      .filter((each) => !squeezed(said).includes(squeezed(each))),
  ),
];

/** Words alone, for comparing what two texts say. */
export const squeezed = (value: string): string => value.replace(/\s+/g, " ").trim();
