/** A picture as large as the screen: pinch, two taps, the wheel, or buttons. Loaded on demand. */

import { h } from "../dom";
import type { Strings } from "../strings";
import css from "./zoom.css?inline";

const MOST = 4;
const STEP = 1.5;
/** Two taps are one gesture if the second comes so soon. */
const TWICE_MS = 350;

let sheet: CSSStyleSheet | null = null;

interface Spot {
  x: number;
  y: number;
}

export class ZoomDialog {
  private readonly image: HTMLImageElement;
  private readonly pane: HTMLElement;
  private readonly dialog: HTMLDialogElement;
  private readonly fingers = new Map<number, Spot>();
  private scale = 1;
  private at: Spot = { x: 0, y: 0 };
  private lastTap = 0;

  constructor(
    words: Strings["zoom"],
    shown: HTMLImageElement,
    private readonly root: ShadowRoot,
    private readonly place: Element,
    private readonly opener: HTMLElement,
  ) {
    this.image = h("img", { class: "zoomed", alt: shown.alt, src: shown.src, draggable: "false" });
    this.pane = h("div", { class: "zoom-pane" }, this.image);
    const button = (title: string, run: () => void): HTMLElement =>
      h("button", { type: "button", class: "chip", onclick: run }, title);
    this.dialog = h(
      "dialog",
      { class: "question zoom", "aria-label": words.title },
      this.pane,
      h("p", { class: "zoom-hint" }, words.hint),
      h(
        "div",
        { class: "row" },
        button(words.larger, () => this.grow(STEP)),
        button(words.smaller, () => this.grow(1 / STEP)),
        button(words.close, () => this.close()),
      ),
    );
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") this.grow(STEP);
      else if (event.key === "-") this.grow(1 / STEP);
      // Behind a launcher, Escape closes this window and not the chat, too.
      else if (event.key === "Escape") event.stopPropagation();
    });
    this.dialog.addEventListener("close", () => this.end());
    this.pane.addEventListener("pointerdown", (event) => this.down(event));
    this.pane.addEventListener("pointermove", (event) => this.move(event));
    for (const over of ["pointerup", "pointercancel"] as const) {
      this.pane.addEventListener(over, (event) => this.fingers.delete(event.pointerId));
    }
    this.pane.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.grow(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      },
      { passive: false },
    );
  }

  open(): void {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    if (!this.root.adoptedStyleSheets.includes(sheet)) this.root.adoptedStyleSheets.push(sheet);
    this.place.append(this.dialog);
    this.dialog.showModal();
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
  }

  yieldToConversation(): void {
    this.close();
  }

  private end(): void {
    this.dialog.remove();
    if (this.opener.isConnected) this.opener.focus({ preventScroll: true });
  }

  private down(event: PointerEvent): void {
    this.pane.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size > 1) return;
    if (event.timeStamp - this.lastTap < TWICE_MS) this.grow(this.scale > 1 ? 0 : 2.5);
    this.lastTap = event.timeStamp;
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (other) {
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      return this.grow(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(was, 1));
    }
    this.at = { x: this.at.x + now.x - before.x, y: this.at.y + now.y - before.y };
    this.draw();
  }

  private grow(by: number): void {
    const scale = Math.min(MOST, Math.max(1, this.scale * by));
    this.at = { x: (this.at.x * scale) / this.scale, y: (this.at.y * scale) / this.scale };
    this.scale = scale;
    this.draw();
  }

  /** The picture never leaves its pane. */
  private draw(): void {
    const { clientWidth, clientHeight } = this.pane;
    const most = (size: number): number => (size * (this.scale - 1)) / 2;
    const within = (value: number, limit: number): number =>
      Math.min(limit, Math.max(-limit, value));
    this.at = {
      x: within(this.at.x, most(clientWidth)),
      y: within(this.at.y, most(clientHeight)),
    };
    this.image.style.transform = `translate(${this.at.x}px, ${this.at.y}px) scale(${this.scale})`;
  }
}
