/** What an answer's words and its card both say is left to the card. */

import { bare, records, squeezed, text } from "./fields";
import type { Fields } from "./fields";

/** How a card stands in its answer. */
export type Look = "lead" | "list" | "small";

export interface Split {
  look: Look;
  /** What is said before the card, and with it. */
  before: Element[];
  after: Element[];
}

/**
 * Part the blocks of an answer around its card.
 *
 * The card leads where the answer tells the place of its point; a list of its points becomes cards.
 * Only blocks that say nothing else are taken away.
 */
export function split(blocks: readonly Element[], card: Fields): Split {
  const points = card.type === "points" ? records(card.points) : [card];
  if (points.length > 1) return withoutList(blocks, points);
  const at = blocks.findIndex((block) => isPlaceOf(block, points[0] ?? {}));
  if (at < 0) return { look: "small", before: [...blocks], after: [] };
  return { look: "lead", before: blocks.slice(0, at), after: blocks.slice(at + 1) };
}

function withoutList(blocks: readonly Element[], points: Fields[]): Split {
  const at = blocks.findIndex(
    (block) =>
      block.localName === "ul" &&
      [...block.children].every((item) => points.some((point) => isEntryOf(item, point))),
  );
  if (at < 0) return { look: "list", before: [...blocks], after: [] };
  return { look: "list", before: blocks.slice(0, at), after: blocks.slice(at + 1) };
}

/** Whether a paragraph holds the name of a point and where it lies, and nothing else. */
function isPlaceOf(block: Element, point: Fields): boolean {
  const where = squeezed(bare(text(point.where)));
  const said = squeezed(block.textContent ?? "");
  return where !== "" && said.endsWith(where) && isName(said.slice(0, -where.length), point);
}

function isEntryOf(item: Element, point: Fields): boolean {
  const place = squeezed(bare(text(point.place)));
  const said = squeezed(item.textContent ?? "");
  return place !== "" && said.endsWith(place) && isName(said.slice(0, -place.length), point);
}

function isName(words: string, { code, plain_name, name }: Fields): boolean {
  let left = words;
  for (const each of [code, plain_name, name]) left = left.replace(text(each), "");
  return !/[\p{L}\p{N}]/u.test(left);
}
