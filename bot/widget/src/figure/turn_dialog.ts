/** "Turn it": the point on a figure that can be turned with a finger, a mouse or the keyboard. */

import { points } from "../../../../data/pictures/anchors.json";
import { h } from "../dom";
import { button, SightDialog } from "../sight/sight_dialog";
import type { SightRequest } from "../sight/sight_dialog";
import { Figure } from "./figure";
import type { Spot } from "./figure";

/** Where the figure's file is; told by the build. */
declare const FIGURE: string;

const words = {
  title: (code: string) => `${code} on a figure`,
  hint: "Drag to turn, or use the arrow keys. Plus and minus come nearer and go away.",
  both: "The dots show the point on both sides.",
  one: "The dot shows the point.",
  label: (code: string) => `A figure in a suit, with ${code} marked on it. Arrow keys turn it.`,
  left: "Turn left",
  right: "Turn right",
  up: "Higher",
  down: "Lower",
  nearer: "Nearer",
  farther: "Farther",
  whole: "Whole body",
  loading: "One moment …",
  none: "This browser cannot draw the figure (WebGL). Here is the picture of the card instead.",
  noPicture: "This browser cannot draw the figure (WebGL). The steps on the card tell where the point is.",
  failed: "I could not load the figure. Check your connection and try again. Until then, the steps on the card tell where the point is.",
};
/** One press of a key or button. */
const STEP = Math.PI / 12;
const NEARER = 0.8;
const DRAG = 0.01;

export class TurnDialog {
  private readonly window: SightDialog;
  private figure: Figure | null = null;
  private readonly seen = new ResizeObserver(() => this.fit());
  private readonly stage = h("div", { class: "figure-stage" });

  constructor(private readonly request: SightRequest) {
    this.window = new SightDialog("turn", words.title(request.code), request, () => this.end());
  }

  open(): void {
    this.window.open();
    void this.load();
  }

  close(): void {
    this.window.close();
  }

  yieldToConversation(): void {
    this.close();
  }

  private async load(): Promise<void> {
    const { code, server, picture } = this.request;
    this.window.tell(words.loading);
    let body: ArrayBuffer;
    try {
      const answer = await fetch(`${server}/widget/vision/${FIGURE}`);
      if (!answer.ok) throw new Error(String(answer.status));
      body = await answer.arrayBuffer();
    } catch {
      return this.window.tell(words.failed);
    }
    try {
      this.figure = new Figure(body);
    } catch {
      this.window.show("trouble", picture);
      return this.window.tell(picture ? words.none : words.noPicture);
    }
    const spots = spotsOf(code);
    const { canvas } = this.figure;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", words.label(code));
    this.listen(canvas);
    this.stage.append(canvas);
    this.window.show("show", this.stage, h("p", { class: "hint" }, words.hint), this.buttons());
    this.window.tell(spots.length > 1 ? words.both : words.one);
    this.seen.observe(this.stage);
    this.figure.look(spots);
    canvas.focus({ preventScroll: true });
  }

  private buttons(): HTMLElement {
    const { figure } = this;
    const each = (title: string, run: () => void): HTMLElement => button("chip", title, run);
    return h(
      "div",
      { class: "row" },
      each(words.left, () => figure?.turn(-STEP, 0)),
      each(words.right, () => figure?.turn(STEP, 0)),
      each(words.up, () => figure?.turn(0, STEP)),
      each(words.down, () => figure?.turn(0, -STEP)),
      each(words.nearer, () => figure?.zoom(NEARER)),
      each(words.farther, () => figure?.zoom(1 / NEARER)),
      each(words.whole, () => figure?.whole()),
    );
  }

  private listen(canvas: HTMLCanvasElement): void {
    const keys: Record<string, () => void> = {
      ArrowLeft: () => this.figure?.turn(-STEP, 0),
      ArrowRight: () => this.figure?.turn(STEP, 0),
      ArrowUp: () => this.figure?.turn(0, STEP),
      ArrowDown: () => this.figure?.turn(0, -STEP),
      "+": () => this.figure?.zoom(NEARER),
      "=": () => this.figure?.zoom(NEARER),
      "-": () => this.figure?.zoom(1 / NEARER),
    };
    canvas.addEventListener("keydown", (event) => {
      const run = keys[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    });
    const fingers = new Map<number, { x: number; y: number }>();
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    for (const over of ["pointerup", "pointercancel"] as const) {
      canvas.addEventListener(over, (event) => fingers.delete(event.pointerId));
    }
    canvas.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, now);
      if (!other) return this.figure?.turn((before.x - now.x) * DRAG, (now.y - before.y) * DRAG);
      const apart = Math.hypot(now.x - other.x, now.y - other.y);
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      this.figure?.zoom(Math.max(was, 1) / Math.max(apart, 1));
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.figure?.zoom(event.deltaY > 0 ? 1.1 : 1 / 1.1);
      },
      { passive: false },
    );
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width && height) this.figure?.size(width, height);
  }

  private end(): void {
    this.seen.disconnect();
    this.figure?.close();
    this.figure = null;
  }
}

/** The places of a point, the one that is seen first in front. */
export function spotsOf(code: string): Spot[] {
  const told = (points as Record<string, Record<string, Spot> | undefined>)[code];
  return told ? Object.values(told) : [];
}
