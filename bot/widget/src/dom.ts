/** Elements in one call. Text goes in as text, never as HTML. */

type Child = Node | string | null | undefined | false;
type Props = Record<
  string,
  string | number | boolean | null | undefined | ((event: never) => void)
>;

/**
 * Make an element.
 *
 * @param props attributes; a function named `onclick` and the like becomes a listener; `false`,
 *   `null` and `undefined` leave an attribute out.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  give(element, props);
  element.append(...present(children));
  return element;
}

/** Make an SVG element. */
export function svg(tag: string, props: Props = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  give(element, props);
  element.append(...present(children));
  return element;
}

/** An icon drawn with one path in a 24 by 24 box; hidden from screen readers. */
export function icon(path: string): SVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: path }),
  );
}

/** Put these children in the place of what is there. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

/** Make these the children, and leave alone what is in its place: moving it would take its focus. */
export function arrange(parent: Element, wanted: readonly Element[]): void {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}

/** Whether the keyboard's place is inside this element. */
export function hasFocus(element: Element): boolean {
  const root = element.getRootNode() as Document | ShadowRoot;
  return element.contains(root.activeElement);
}

/** Set an attribute, or take it away. */
export function set(element: Element, name: string, value: string | number | boolean | null): void {
  if (value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function give(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value !== undefined) {
      set(element, name, value);
    }
  }
}

const present = (children: Child[]): (Node | string)[] =>
  children.filter((child): child is Node | string => Boolean(child));
