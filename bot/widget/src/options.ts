/** What a page says about the widget, in `data-` attributes of the script or of the element. */

export type Mode = "inline" | "launcher";
export type Theme = "auto" | "light" | "dark";

export interface Options {
  /** Where the assistant runs: the origin of the script unless told otherwise. */
  server: string;
  mode: Mode;
  theme: Theme;
  title: string | null;
  lang: string;
  /** Words run from right to left. */
  rtl: boolean;
  country: string | null;
  /** `session` forgets the conversation when the tab is closed. */
  storage: "local" | "session";
}

/** The attributes that are read; each has `data-` before it. */
export const ATTRIBUTES = [
  "server",
  "mode",
  "theme",
  "title",
  "lang",
  "country",
  "storage",
] as const;

const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;

/**
 * Read the options.
 *
 * @param read gives an attribute's value, or null.
 * @param origin where the assistant runs unless `server` says otherwise.
 */
export function readOptions(read: (name: string) => string | null, origin: string): Options {
  const lang = read("lang") || "en";
  const country = (read("country") ?? "").trim().toUpperCase();
  return {
    server: serverOf(read("server"), origin),
    mode: read("mode") === "inline" ? "inline" : "launcher",
    theme: oneOf(read("theme"), ["light", "dark"] as const) ?? "auto",
    title: read("title"),
    lang,
    rtl: RIGHT_TO_LEFT.test(lang),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    storage: read("storage") === "session" ? "session" : "local",
  };
}

function serverOf(told: string | null, origin: string): string {
  try {
    const url = new URL(told || origin, origin);
    if (url.protocol === "http:" || url.protocol === "https:") return url.origin;
  } catch {
    // A mistyped address: the script's own is the better guess.
  }
  return origin;
}

const oneOf = <T extends string>(value: string | null, allowed: readonly T[]): T | null =>
  allowed.find((each) => each === value) ?? null;
