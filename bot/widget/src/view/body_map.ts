/** The body map: tap where it hurts or where to press. The list below says the same without sight
 * or mouse. Loaded when it is opened for the first time. */

import { fill, h, icon, set, svg } from "../dom";
import { ICONS } from "../icons";
import type { Strings } from "../strings";
import css from "./body_map.css?inline";
import { picture } from "./pictures";

interface Area {
  id: string;
  name: string;
  press: string;
  hurts: string;
}

interface Side {
  side: "front" | "back";
  width: number;
  height: number;
  tones: Record<string, string>;
  shapes: { area: string; path: string }[];
}

interface BodyMap {
  views: Side[];
  areas: Area[];
}

export interface BodyMapContext {
  words: Strings;
  server: string;
  say(text: string): void;
}

/** People with back pain look at the back first. */
const FIRST = "back";

let sheet: CSSStyleSheet | null = null;

/**
 * A dialog with the map. Choosing closes it and says it for the person.
 *
 * @param root where the styles of the map go.
 */
export function bodyMap(context: BodyMapContext, root: ShadowRoot): HTMLDialogElement {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const words = context.words.bodyMap;
  const content = h("div", { class: "map-content" });
  const close = h(
    "button",
    { type: "button", class: "tool", "aria-label": words.close, title: words.close },
    icon(ICONS.close),
  );
  const dialog = h(
    "dialog",
    { class: "question body-map", "aria-label": words.title },
    h("div", { class: "map-top" }, h("h2", {}, words.title), close),
    content,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
  const choose = (text: string): void => {
    dialog.close();
    context.say(text);
  };
  void load(context.server).then(
    (map) => fill(content, ...views(map, context, choose)),
    () => fill(content, h("p", { role: "alert" }, words.failed)),
  );
  fill(content, h("p", { role: "status" }, words.loading));
  return dialog;
}

async function load(server: string): Promise<BodyMap> {
  const answer = await fetch(`${server}/widget/body-map.json`, { credentials: "omit" });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as BodyMap;
}

function views(
  map: BodyMap,
  { words: { bodyMap: words }, server }: BodyMapContext,
  choose: (text: string) => void,
): HTMLElement[] {
  const areas = new Map(map.areas.map((area) => [area.id, area]));
  let what: "press" | "hurts" = "press";
  const chosen = (id: string): void => choose(areas.get(id)![what]);
  const hover = h("p", { class: "map-hover", "aria-hidden": "true" }, words.hint);
  const figures = map.views.map((side) => figure(side, areas, server, words, hover, chosen));
  return [
    either(
      words.what,
      [
        ["press", words.press],
        ["hurts", words.hurts],
      ],
      "press",
      (value) => (what = value as "press" | "hurts"),
    ),
    ...(figures.length
      ? [
          either(
            words.side,
            map.views.map((side) => [side.side, words[side.side]]),
            FIRST,
            (value) => map.views.forEach((side, i) => (figures[i]!.hidden = side.side !== value)),
          ),
          hover,
          h("div", { class: "map-figures" }, ...figures),
        ]
      : []),
    h("h3", { id: "map-list" }, words.list),
    h(
      "ul",
      { class: "map-list", "aria-labelledby": "map-list" },
      ...map.areas.map((area) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "chip", "data-area": area.id, onclick: () => chosen(area.id) },
            area.name,
          ),
        ),
      ),
    ),
  ];
}

/** One side of the body with its shapes. Screen readers and the keyboard have the list instead. */
function figure(
  side: Side,
  areas: Map<string, Area>,
  server: string,
  words: Strings["bodyMap"],
  hover: HTMLElement,
  chosen: (id: string) => void,
): HTMLElement {
  const image = picture(
    { address: side.tones.medium, alt: "", width: side.width, height: side.height, tones: side.tones },
    server,
    "map-body",
  );
  const shapes = side.shapes.map(({ area, path }) => {
    const shape = svg("path", { d: path, "data-area": area }, svg("title", {}, areas.get(area)!.name));
    shape.addEventListener("click", () => chosen(area));
    shape.addEventListener("pointerenter", () => (hover.textContent = areas.get(area)!.name));
    shape.addEventListener("pointerleave", () => (hover.textContent = words.hint));
    return shape;
  });
  const box = h(
    "div",
    { class: "map-figure", "data-side": side.side, "aria-hidden": "true" },
    image,
    svg(
      "svg",
      { viewBox: `0 0 ${side.width} ${side.height}`, focusable: "false" },
      ...shapes,
    ),
  );
  return box;
}

/** A choice of one, as radio buttons that look like a switch. */
function either(
  label: string,
  options: readonly (readonly [string, string])[],
  first: string,
  choose: (value: string) => void,
): HTMLElement {
  const name = `map-${options[0]![0]}`;
  const box = h("fieldset", { class: "map-either" }, h("legend", { class: "unseen" }, label));
  for (const [value, title] of options) {
    const input = h("input", { type: "radio", name, value });
    input.checked = value === first;
    input.addEventListener("change", () => choose(value));
    box.append(h("label", {}, input, h("span", {}, title)));
  }
  set(box, "data-choice", name);
  choose(first);
  return box;
}
