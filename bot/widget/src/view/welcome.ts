/** What is seen before anything is said: what the assistant can do, each with a picture to tap. */

import { h, icon } from "../dom";
import { ICONS } from "../icons";
import type { Strings } from "../strings";
import { picture } from "./pictures";

export interface WelcomeActions {
  say(text: string): void;
  showMap(): void;
  /** Show the best known point of the hand, and then on the person's own hand. */
  onOwnHand(): void;
}

/** The pictures of the tiles; a tile without one has an icon. */
const PICTURES: Record<string, string> = {
  hurts: "area_lower_back-close",
  point: "GB21-close",
  hand: "LI4-close",
};

/** @param notice what is kept of what is said here, and for how long. */
export function welcome(
  words: Strings,
  server: string,
  notice: HTMLElement,
  actions: WelcomeActions,
): HTMLElement {
  const { welcome: w } = words;
  const tile = (name: keyof Strings["welcome"]["tiles"], run: () => void): HTMLElement =>
    h(
      "button",
      { type: "button", class: "tile", "data-tile": name, onclick: run },
      shown(name, server),
      h("span", {}, w.tiles[name]),
    );
  return h(
    "div",
    { class: "welcome", hidden: true },
    h("p", { class: "hello" }, w.hello),
    h("p", { class: "lead" }, w.text),
    h(
      "div",
      { class: "tiles", role: "group", "aria-label": words.replies },
      tile("hurts", () => actions.say(w.says.hurts)),
      tile("point", () => actions.showMap()),
      tile("hand", () => actions.onOwnHand()),
      tile("session", () => actions.say(w.says.session)),
      tile("doctor", () => actions.say(w.says.doctor)),
    ),
    h("p", { class: "guidance" }, w.guidance),
    notice,
  );
}

function shown(name: string, server: string): Element {
  const file = PICTURES[name];
  const sign = h("span", { class: "sign" }, icon(name === "doctor" ? ICONS.doctor : ICONS.breathe));
  if (!file) return sign;
  const at = (tone: string): string => `/widget/pictures/${file}-${tone}.webp`;
  const image = picture(
    {
      address: at("medium"),
      width: 480,
      height: 480,
      tones: { light: at("light"), medium: at("medium"), dark: at("dark") },
    },
    server,
    "picture",
  );
  // Without its picture, which an offline page may lack, the tile still says what it does.
  image?.addEventListener("error", () => image.replaceWith(sign), { once: true });
  return image ?? sign;
}
