/** Drawings of where a place is: near and large, and the whole body small beside it. */

import { h } from "../dom";

type Fields = Record<string, unknown>;

export const TONES = ["light", "medium", "dark"] as const;
export type Tone = (typeof TONES)[number];

let tone: Tone = "medium";

/** The skin tone that pictures are shown in. */
export const shownTone = (): Tone => tone;

/** Show all pictures in this skin tone: those below `root` at once, later ones as they come. */
export function showTone(wanted: string | null, root?: ParentNode): void {
  tone = TONES.find((each) => each === wanted) ?? "medium";
  for (const image of root?.querySelectorAll<HTMLImageElement>("img[data-light]") ?? []) {
    const address = image.dataset[tone];
    if (address && image.src !== address) image.src = address;
  }
}

/** A picture that is loaded when it is seen, or null for one that is not the assistant's own. */
export function picture(told: unknown, server: string, look: string): HTMLImageElement | null {
  const { address, alt, width, height, tones } = (told ?? {}) as Fields;
  const usual = own(address, server);
  if (!usual) return null;
  const kept = (tones ?? {}) as Fields;
  const each = TONES.map((name) => [`data-${name}`, own(kept[name], server) ?? usual] as const);
  return h("img", {
    loading: "lazy",
    decoding: "async",
    class: look,
    // Its place is kept free while it loads, so that nothing jumps.
    width: size(width),
    height: size(height),
    alt: typeof alt === "string" ? alt : "",
    ...Object.fromEntries(each),
    src: own(kept[tone], server) ?? usual,
  });
}

/**
 * The pictures of a card, or null where there is none.
 *
 * @param enlarge what a tap on the near picture does, and what its button is called.
 * @param beside what may take the place of the whole body.
 */
export function pictures(
  card: Fields,
  server: string,
  enlarge?: { title: string; run(opener: HTMLElement): void },
  beside?: HTMLElement,
): HTMLElement | null {
  const close = picture(card.picture, server, "picture near");
  const body = picture(card.on_body, server, close ? "picture inset" : "picture near");
  const large = close ?? body;
  if (!large) return beside ? h("div", { class: "beside" }, beside) : null;
  const near = enlarge
    ? h(
        "button",
        {
          type: "button",
          class: "enlarge",
          title: enlarge.title,
          onclick: (event: Event) => enlarge.run(event.currentTarget as HTMLElement),
        },
        large,
        h("span", { class: "unseen" }, enlarge.title),
      )
    : large;
  const aside = close && body;
  return h(
    "div",
    { class: "pictures" },
    near,
    (aside || beside) && h("div", { class: "beside" }, beside, aside),
  );
}

function own(address: unknown, server: string): string | null {
  if (typeof address !== "string" || !address) return null;
  const url = new URL(address, `${server}/`);
  return url.origin === new URL(server).origin ? url.href : null;
}

const size = (value: unknown): number | null => (typeof value === "number" ? value : null);
