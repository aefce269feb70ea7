import { describe, expect, it } from "vitest";

import css from "./tokens.css?raw";

const THEMES = ["light", "dark"] as const;
/** What is read on what, and what is told apart from what it stands on. */
const TEXT = [
  ["ink", "bg"], ["ink", "bubble"], ["ink", "raised"], ["ink", "soft"], ["ink", "warm"],
  ["muted", "bg"], ["muted", "raised"], ["muted", "bubble"], ["accent", "bg"], ["accent", "raised"],
  ["accent", "bubble"], ["accent", "soft"], ["on-accent", "accent"], ["warn-ink", "warn-bg"],
  ["on-warn", "warn"], ["care-ink", "care-bg"],
] as const; // prettier-ignore
const EDGES = [
  ["edge", "bg"], ["edge", "raised"], ["accent", "bg"], ["warn", "warn-bg"], ["care", "care-bg"],
] as const; // prettier-ignore

type Tokens = Record<string, string>;

function tokens(selector: string): Tokens {
  const body = css.slice(css.indexOf(`${selector} {`)).split("}")[0]!;
  const found = body.matchAll(/--([\w-]+): (?:var\(--[\w-]+, )?(#[0-9a-f]{6})\)?;/g);
  return Object.fromEntries([...found].map((each) => [each[1]!, each[2]!]));
}

function light(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [less, more] = [light(one), light(other)].sort((a, b) => a - b);
  return (more! + 0.05) / (less! + 0.05);
}

function below(all: Tokens, pairs: readonly (readonly [string, string])[], least: number): string[] {
  return pairs
    .map(([a, b]) => [`${a} on ${b}`, contrast(all[a]!, all[b]!)] as const)
    .filter(([, ratio]) => !(ratio >= least))
    .map(([name, ratio]) => `${name}: ${ratio.toFixed(2)}`);
}

describe.each(THEMES)("the colours in %s", (theme) => {
  const usual = tokens(`.app[data-theme="${theme}"]`);
  const strong = { ...usual, ...tokens(`.app[data-theme="${theme}"][data-contrast]`) };

  it("can be read, and edges can be seen", () => {
    expect(below(usual, TEXT, 4.5)).toEqual([]);
    expect(below(usual, EDGES, 3)).toEqual([]);
  });

  it("stand out more where more contrast is asked for", () => {
    expect(below(strong, TEXT, 7)).toEqual([]);
    expect(below(strong, EDGES, 4.5)).toEqual([]);
  });
});
