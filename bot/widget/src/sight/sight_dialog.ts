/** The window that shows where a point is: cautions and guidance stand in it, whatever it shows. */

import { fill, h } from "../dom";
import css from "./sight.css?inline";

/** What a card tells the window. */
export interface SightRequest {
  code: string;
  /** Where the assistant is. */
  server: string;
  /** The page's root, where the styles go. */
  root: ShadowRoot;
  place: Element;
  /** A warning that stands, in full. */
  warning: string | null;
  /** What must be seen with the point: cautions, and when to stop. */
  cautions: readonly string[];
  /** The picture of the card, for when nothing else can be shown. */
  picture: Node | null;
  /** The keyboard's place goes back there. */
  opener: HTMLElement;
}

const WORDS = {
  close: "Close",
  guidance:
    "If your pain is bad, gets worse or worries you, please see a doctor. In an emergency, call your local emergency number.",
};

let sheet: CSSStyleSheet | null = null;

export class SightDialog {
  readonly body = h("div", { class: "sight-body" });
  readonly dialog: HTMLDialogElement;
  private readonly status = h("p", { class: "sight-status", role: "status" });
  private readonly closer = h(
    "button",
    { type: "button", class: "chip", onclick: () => this.close() },
    WORDS.close,
  );
  private isOver = false;

  /** @param onEnd what has to stop when the window is closed; called once. */
  constructor(
    kind: string,
    title: string,
    private readonly request: SightRequest,
    private readonly onEnd: () => void,
  ) {
    const { warning, cautions } = request;
    this.dialog = h(
      "dialog",
      { class: `question sight-dialog ${kind}`, "aria-label": title },
      h("div", { class: "sight-head" }, h("h2", {}, title), this.closer),
      warning && h("p", { class: "sight-warning" }, warning),
      this.status,
      this.body,
      h(
        "div",
        { class: "sight-notes" },
        ...cautions.map((each) => h("p", { class: "important" }, each)),
        h("p", { class: "guidance" }, WORDS.guidance),
      ),
    );
    this.dialog.addEventListener("keydown", (event) => {
      // Behind a launcher, Escape closes this window and not the chat, too.
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    this.dialog.addEventListener("close", () => this.end());
  }

  get step(): string {
    return this.dialog.dataset.step ?? "";
  }

  open(): void {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    const { root, place } = this.request;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    place.append(this.dialog);
    this.dialog.showModal();
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
    this.end();
  }

  /** Go on to another view. The button that was pressed is gone: the place goes to what came for it. */
  show(step: string, ...children: (Node | string | null | false)[]): void {
    const hadFocus = this.dialog.contains(this.request.root.activeElement);
    this.dialog.dataset.step = step;
    fill(this.body, ...children);
    this.tell("");
    if (!hadFocus) return;
    const next = this.body.querySelector<HTMLElement>("button:not([hidden], .enlarge), select, [tabindex]");
    (next ?? this.closer).focus({ preventScroll: true });
  }

  /** Say how things stand; a screen reader hears it once. */
  tell(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onEnd();
    this.dialog.remove();
    if (this.request.opener.isConnected) this.request.opener.focus({ preventScroll: true });
  }
}

export const button = (look: string, title: string, onclick: () => void): HTMLButtonElement =>
  h("button", { type: "button", class: look, onclick }, title);
