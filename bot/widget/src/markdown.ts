/**
 * Light Markdown as nodes.
 *
 * The parser's tokens become elements one by one, and only those named here do. No HTML is ever
 * made or read, so there is nothing to slip through, and pages that allow no HTML from strings
 * (Trusted Types) can have the widget too.
 */

import { Lexer } from "marked";
import type { Token, Tokens } from "marked";

import { h } from "./dom";

const BLOCKS = { blockquote: "blockquote", strong: "strong", em: "em", del: "del" } as const;
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: "\u00a0",
};
const SAFE = /^(https?|mailto|tel):$/;

/**
 * Markdown as nodes; HTML in the text is shown as it was written. Links go to http, https, mailto
 * and tel alone, and open in a tab of their own that learns nothing of this page.
 *
 * @param newTab what a screen reader hears behind such a link.
 * @param server where a link leads that names a path alone; without it there is none.
 */
export function markdown(text: string, newTab: string, server = ""): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes(Lexer.lex(text, { gfm: true, breaks: false }), newTab));
  // A path is one of the assistant's, whatever page the chat is in.
  for (const link of fragment.querySelectorAll<HTMLElement>("[data-path]")) {
    const path = link.dataset.path!;
    delete link.dataset.path;
    if (server) link.replaceWith(anchor(new URL(path, `${server}/`), [...link.childNodes], newTab));
  }
  return fragment;
}

/** The words alone, for the ear and for the clipboard; a block a line. */
export function plain(text: string): string {
  const holder = h("div", {}, markdown(text, ""));
  for (const block of holder.querySelectorAll("p, li, h3, h4, br, tr")) block.append("\n");
  return (holder.textContent ?? "")
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

function nodes(tokens: readonly Token[] | undefined, newTab: string): Node[] {
  return (tokens ?? []).flatMap((token) => node(token, newTab));
}

function node(token: Token, newTab: string): Node[] {
  const inside = (): Node[] => nodes((token as Tokens.Generic).tokens, newTab);
  switch (token.type) {
    case "space":
    case "def":
      return [];
    case "paragraph":
      return [h("p", {}, ...inside())];
    case "heading":
      // Below the headings of the page around it.
      return [h(token.depth < 3 ? "h3" : "h4", {}, ...inside())];
    case "list":
      return [list(token as Tokens.List, newTab)];
    case "strong":
    case "em":
    case "del":
    case "blockquote":
      return [h(BLOCKS[token.type as keyof typeof BLOCKS], {}, ...inside())];
    case "link":
      return [link(token as Tokens.Link, inside(), newTab)];
    case "code":
      return [h("pre", {}, h("code", {}, token.text))];
    case "codespan":
      return [h("code", {}, token.text)];
    case "table":
      return [table(token as Tokens.Table, newTab)];
    case "br":
      return [h("br")];
    case "hr":
      return [h("hr")];
    case "text":
    case "escape":
      return (token as Tokens.Text).tokens ? inside() : [words((token as Tokens.Text).text)];
    case "image":
      // Nothing is loaded from elsewhere: the words for the picture stand in its place.
      return [words(token.text)];
    default:
      return [document.createTextNode(token.raw)];
  }
}

function list(token: Tokens.List, newTab: string): HTMLElement {
  const items = token.items.map((item) => h("li", {}, ...nodes(item.tokens, newTab)));
  const start = Number(token.start);
  return token.ordered
    ? h("ol", { start: start > 1 ? start : null }, ...items)
    : h("ul", {}, ...items);
}

function table(token: Tokens.Table, newTab: string): HTMLElement {
  const cells = (tag: "th" | "td", row: Tokens.TableCell[]): HTMLElement =>
    h("tr", {}, ...row.map((cell) => h(tag, {}, ...nodes(cell.tokens, newTab))));
  return h(
    "table",
    {},
    h("thead", {}, cells("th", token.header)),
    h("tbody", {}, ...token.rows.map((row) => cells("td", row))),
  );
}

function link(token: Tokens.Link, inside: Node[], newTab: string): Node {
  const url = URL.canParse(token.href) ? new URL(token.href) : null;
  const path = !url && /^\/[\w-]/.test(token.href) ? token.href : null;
  if (!url || !SAFE.test(url.protocol)) return h("span", { "data-path": path }, ...inside);
  if (!url.protocol.startsWith("http")) return h("a", { href: url.href }, ...inside);
  return anchor(url, inside, newTab);
}

function anchor(url: URL, inside: Node[], newTab: string): HTMLElement {
  return h(
    "a",
    {
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer nofollow",
      referrerpolicy: "no-referrer",
    },
    ...inside,
    newTab && h("span", { class: "unseen" }, ` ${newTab}`),
  );
}

const words = (text: string): Text =>
  document.createTextNode(
    text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!),
  );
