/** In which country somebody may be, and whom to call there. Pure. */

import { NUMBERS } from "./numbers";

/** How sure a country is: told by the person or their site, or only read off the device. */
export interface Whereabouts {
  code: string;
  isGuess: boolean;
}

/** A line one can call. */
export interface CallLine {
  title: string;
  digits: string;
}

/**
 * The country of a time zone; where the device tells none, the one of its language.
 *
 * A zone of a country without a number here is no reason to guess another one.
 */
export function guessed(zone: string | undefined, languages: readonly string[]): string | null {
  if (zone?.includes("/") && !zone.startsWith("Etc/")) {
    return Object.keys(NUMBERS).find((code) => NUMBERS[code]!.zones.split(" ").includes(zone)) ?? null;
  }
  const regions = languages.map((each) => /-([A-Z]{2})\b/.exec(each)?.[1] ?? "");
  return regions.find((region) => region in NUMBERS) ?? null;
}

/** The name of a country in a language. */
export function nameOf(code: string, lang: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: "region", style: "short" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All countries that have a number here, by their names. */
export const countries = (lang: string): [string, string][] =>
  Object.keys(NUMBERS)
    .map((code): [string, string] => [code, nameOf(code, lang)])
    .sort(([, a], [, b]) => a.localeCompare(b, lang));

/** The lines to call in a country for a warning, the first one first. */
export function linesOf(code: string, tier: string, about?: string): CallLine[] {
  const there = NUMBERS[code];
  if (!there) return [];
  const emergency = line(there.emergency);
  if (tier === "urgent") return line(there.urgent);
  if (tier !== "emergency") return [];
  return about === "self_harm" ? [...line(there.crisis), ...emergency] : emergency;
}

/** How the person says that they are in a country. */
export const said = (code: string): string => NUMBERS[code]?.said ?? "";

function line(title: string | undefined): CallLine[] {
  const digits = /\d[\d ]*\d/.exec(title ?? "")?.[0].replace(/ /g, "");
  return title && digits ? [{ title, digits }] : [];
}
