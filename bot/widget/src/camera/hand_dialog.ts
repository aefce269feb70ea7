/** "Show me on my own hand": asks first, then draws a point on the camera's picture or on a photo. */

import { fill, h, set, svg } from "../dom";
import { Engine, EngineError } from "./engine";
import type { Level } from "./engine";
import { forearmOf } from "./forearm";
import type { Forearm } from "./forearm";
import { handLength, isInside, places, sideOf, spot } from "./geometry";
import type { Hand, SeenHand, Spot } from "./geometry";
import type { HandPoint } from "./points";
import { HandVote, Settled, Smoother } from "./steady";
import { button, SightDialog } from "../sight/sight_dialog";
import type { SightRequest } from "../sight/sight_dialog";
import { words } from "./words";

export interface HandRequest extends SightRequest {
  point: HandPoint;
  /** They said so here before. */
  isPregnant: boolean;
  /** Tell the assistant, in the person's words. */
  tellPregnancy(said: string): void;
}

/** Frames a second that are looked at, at most: enough for the eye, and kind to the battery. */
const MOST_FRAMES = 20;
/** The longer side of what the model gets to see; it looks at hands of 224 pixels. */
const SEEN = 480;
const MOST_PHOTO = 1280;
/** The longer side of the copy in which the forearm is looked for. */
const SMALL = 240;
/** A photo is looked at this often: the model improves on its own last look. */
const LOOKS = 3;
/** Without a hand for this long, the dot goes. */
const LOST = 500;

export class HandDialog {
  private readonly window: SightDialog;
  private readonly video = h("video", { muted: true, playsinline: true, "aria-hidden": "true" });
  private readonly photo = h("canvas", { hidden: true, "aria-hidden": "true" });
  private readonly marks = svg("svg", { class: "marks", role: "img" });
  private readonly stage = h("div", { class: "hand-stage" }, this.video, this.photo, this.marks);
  private readonly picked = h("input", {
    type: "file",
    accept: "image/*",
    hidden: true,
    onchange: () => void this.photoChosen(),
  });

  private readonly small = document
    .createElement("canvas")
    .getContext("2d", { willReadFrequently: true })!;

  private engine: Promise<Engine> | null = null;
  private stream: MediaStream | null = null;
  private level: Level = "full";
  private facing: "environment" | "user" = "environment";
  /** Which hand the person says it is, where the model was wrong. */
  private corrected = false;
  private seen: Hand = "left";
  private isLive = false;
  private isOver = false;
  /** Each start and stop of the camera or a photo ends what ran before. */
  private run = 0;
  private readonly smoother = new Smoother();
  private readonly vote = new HandVote();
  private readonly settled = new Settled<string>();
  private controls: { other: HTMLButtonElement; row: HTMLElement } | null = null;

  constructor(private readonly request: HandRequest) {
    const { code } = request.point;
    this.window = new SightDialog("hand", words.title(code), request, () => this.end());
    this.window.dialog.append(this.picked);
    document.addEventListener("visibilitychange", this.whenLeft);
  }

  open(): void {
    const { point, isPregnant } = this.request;
    if (isPregnant) this.window.show("withheld", h("p", {}, words.pregnancy.known));
    else if (point.asksPregnancy) this.askPregnancy();
    else this.askConsent();
    this.window.open();
  }

  close(): void {
    this.window.close();
  }

  /** Something new is in the conversation: nothing is shown beside it. What was said may be read. */
  yieldToConversation(): void {
    if (this.window.step !== "withheld") this.close();
  }

  private end(): void {
    this.isOver = true;
    this.stopCamera();
    void this.engine?.then((engine) => engine.close()).catch(() => undefined);
    document.removeEventListener("visibilitychange", this.whenLeft);
  }

  private readonly whenLeft = (): void => {
    if (document.hidden && this.stream) this.pause(words.state.left);
  };

  private askPregnancy(): void {
    const { pregnancy } = words;
    const answer = (said: string | null) => (): void => {
      if (said === null) return this.askConsent();
      this.window.show("withheld", h("p", {}, pregnancy.withheld));
      this.request.tellPregnancy(said);
    };
    this.window.show(
      "pregnancy",
      h("p", { class: "hand-ask" }, pregnancy.ask),
      h("p", {}, pregnancy.why),
      h(
        "div",
        { class: "row" },
        button("chip", pregnancy.no, answer(null)),
        button("chip", pregnancy.maybe, answer(pregnancy.said.maybe)),
        button("chip", pregnancy.yes, answer(pregnancy.said.yes)),
      ),
    );
  }

  private askConsent(): void {
    const { consent, model } = words;
    const promises = [...consent.promises];
    if (this.request.point.forearm) promises.push(consent.forearm);
    this.window.show(
      "consent",
      h("p", {}, consent.text),
      h("ul", {}, ...promises.map((each) => h("li", {}, each))),
      h(
        "div",
        { class: "row" },
        button("primary", consent.camera, () => void this.startCamera()),
        button("chip", consent.photo, () => this.picked.click()),
      ),
      this.levels(model.label),
    );
  }

  private levels(label: string): HTMLElement {
    const option = (level: Level): HTMLElement =>
      h("option", { value: level, selected: level === this.level }, words.model[level]);
    const select = h(
      "select",
      {
        onchange: () => {
          this.level = select.value as Level;
          if (this.window.step === "show") void this.reopen();
        },
      },
      option("full"),
      option("light"),
    );
    return h("label", { class: "hand-level" }, h("span", {}, label), select);
  }

  /** What can be done while a picture is shown. */
  private show(...buttons: HTMLElement[]): void {
    const other = button("chip", "", () => {
      this.corrected = !this.corrected;
      if (this.isLive) return;
      this.draw(this.lastHands, this.photo.width, this.photo.height, 0);
    });
    other.hidden = true;
    const row = h("div", { class: "row" }, ...buttons, other);
    this.controls = { other, row };
    this.window.show("show", this.stage, row, this.levels(words.model.label));
    set(this.marks, "aria-label", words.preview(this.request.point.code));
  }

  // ----- The camera -----

  private async startCamera(): Promise<void> {
    const run = ++this.run;
    this.reset();
    this.window.tell(words.state.asking);
    const trouble = cameraTrouble();
    if (trouble) return this.fail(trouble);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          facingMode: { ideal: this.facing },
          width: { ideal: 960 },
          height: { ideal: 720 },
        },
      });
      if (run !== this.run || this.isOver) return stop(stream);
      this.stopCamera();
      this.run = run;
      this.stream = stream;
    } catch (error) {
      if (run === this.run) this.fail(troubleOf(error));
      return;
    }
    const told = this.stream.getVideoTracks()[0]?.getSettings().facingMode;
    // Toward oneself, a picture that is not mirrored confuses.
    this.stage.toggleAttribute("data-mirrored", told ? told === "user" : isOnDesk());
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    this.photo.hidden = true;
    this.isLive = true;
    this.show(
      button("chip", words.hold, () => void this.holdPicture()),
      button("chip", words.turnCamera, () => {
        this.facing = this.facing === "user" ? "environment" : "user";
        void this.startCamera();
      }),
    );
    this.window.tell(words.state.loading);
    try {
      await this.video.play();
      const engine = await this.ready(1);
      if (run === this.run) this.window.tell(words.state.looking);
      await this.look(engine, run);
    } catch (error) {
      if (run === this.run) this.fail(engineTrouble(error));
    }
  }

  private async look(engine: Engine, run: number): Promise<void> {
    let lastSeen = performance.now();
    let frames = 0;
    const began = performance.now();
    while (run === this.run && this.stream) {
      const begun = performance.now();
      const { videoWidth: width, videoHeight: height } = this.video;
      if (width && height) {
        const hands = await engine.find(await reduced(this.video, width, height));
        if (run !== this.run) return;
        const now = performance.now();
        if (hands.length) lastSeen = now;
        if (hands.length || now - lastSeen > LOST) this.draw(hands, width, height, now);
        // How quick it is, for who measures.
        this.window.dialog.dataset.rate = ((++frames * 1000) / (now - began)).toFixed(1);
      }
      await nextFrame(Math.max(0, 1000 / MOST_FRAMES - (performance.now() - begun)));
    }
  }

  private pause(why: string): void {
    this.stopCamera();
    this.marks.replaceChildren();
    this.window.show(
      "paused",
      h(
        "div",
        { class: "row" },
        button("primary", words.start, () => void this.startCamera()),
        button("chip", words.consent.photo, () => this.picked.click()),
      ),
    );
    this.window.tell(why);
  }

  private stopCamera(): void {
    this.run++;
    this.isLive = false;
    if (this.stream) stop(this.stream);
    this.stream = null;
    this.video.srcObject = null;
  }

  // ----- A still picture -----

  private async holdPicture(): Promise<void> {
    if (!this.video.videoWidth) return;
    const frame = await createImageBitmap(this.video);
    const isMirrored = this.stage.hasAttribute("data-mirrored");
    this.stopCamera();
    await this.lookAt(frame, isMirrored, [
      button("chip", words.again, () => void this.startCamera()),
    ]);
  }

  private async photoChosen(): Promise<void> {
    const [file] = this.picked.files ?? [];
    this.picked.value = "";
    if (!file) return;
    this.stopCamera();
    const run = this.run;
    try {
      const picture = await createImageBitmap(file);
      if (run === this.run) await this.lookAt(picture, false, []);
    } catch {
      if (run === this.run) this.fail("photo");
    }
  }

  private async lookAt(
    picture: ImageBitmap,
    isMirrored: boolean,
    buttons: HTMLElement[],
  ): Promise<void> {
    const run = ++this.run;
    this.reset();
    const share = Math.min(1, MOST_PHOTO / Math.max(picture.width, picture.height));
    this.photo.width = Math.round(picture.width * share);
    this.photo.height = Math.round(picture.height * share);
    this.photo.getContext("2d")!.drawImage(picture, 0, 0, this.photo.width, this.photo.height);
    picture.close();
    this.stage.toggleAttribute("data-mirrored", isMirrored);
    this.photo.hidden = false;
    this.video.hidden = true;
    this.show(
      ...buttons,
      button("chip", buttons.length ? words.consent.photo : words.newPhoto, () =>
        this.picked.click(),
      ),
    );
    set(this.marks, "aria-label", words.photoOf(this.request.point.code));
    this.window.tell(words.state.loading);
    await this.study(run);
  }

  private async study(run: number): Promise<void> {
    const { width, height } = this.photo;
    try {
      const engine = await this.ready(2);
      await engine.forget();
      let hands: SeenHand[] = [];
      for (let i = 0; i < LOOKS; i++) hands = await engine.find(await reduced(this.photo, width, height));
      if (run !== this.run) return;
      this.draw(hands, width, height, 0);
      this.window.dialog.dataset.done = String(run);
    } catch (error) {
      if (run === this.run) this.fail(engineTrouble(error));
    }
  }

  // ----- What is seen -----

  private lastHands: SeenHand[] = [];

  private draw(hands: SeenHand[], width: number, height: number, now: number): void {
    this.lastHands = hands;
    const { point } = this.request;
    const { state } = words;
    const isMirrored = this.stage.hasAttribute("data-mirrored");
    set(this.marks, "viewBox", `0 0 ${width} ${height}`);
    const dots: Spot[] = [];
    const states: string[] = [];
    for (const hand of hands) {
      const guess = this.isLive ? this.vote.next(hand.hand, hand.score) : hand.hand;
      const which = this.corrected ? opposite(guess) : guess;
      this.seen = which;
      const side = sideOf(hand, width, height, which);
      const forearm = point.forearm ? this.forearm(hand, width, height) : null;
      const place = spot(point, hand, width, height, forearm);
      const isBent = Math.abs(forearm?.bend ?? 0) > (point.forearm?.mostBend ?? 0);
      if (side === "edge") states.push(state.edge);
      else if (side !== point.side) states.push(state.palm(which));
      else if (isBent) states.push(state.bent);
      else if (!isInside(place, width, height)) states.push(state.beyond(point.code));
      else {
        dots.push(this.isLive ? this.smoother.next(place, now) : place);
        states.unshift(state.shown(point.code, which));
      }
    }
    fill(this.marks, ...dots.map((dot) => mark(dot, point.code, width, height, isMirrored)));
    if (!hands.length) {
      this.smoother.clear();
      this.vote.clear();
    }
    const told = states[0] ?? (this.isLive ? state.lost : state.none);
    const isNew = this.isLive ? this.settled.next(told, now) : told;
    if (isNew === null) return;
    this.window.tell(isNew);
    if (!this.controls) return;
    const { other } = this.controls;
    other.hidden = !hands.length || told === state.edge;
    other.textContent = words.other(opposite(this.seen));
  }

  /** Which way the forearm goes, in a small copy of the picture. */
  private forearm(hand: SeenHand, width: number, height: number): Forearm | null {
    const share = SMALL / Math.max(width, height);
    const [across, down] = [Math.round(width * share), Math.round(height * share)];
    this.small.canvas.width = across;
    this.small.canvas.height = down;
    this.small.drawImage(this.isLive ? this.video : this.photo, 0, 0, across, down);
    const at = places(hand, across, down);
    return forearmOf(this.small.getImageData(0, 0, across, down), at, handLength(at));
  }

  private reset(): void {
    this.smoother.clear();
    this.vote.clear();
    this.settled.clear();
    this.corrected = false;
    this.marks.replaceChildren();
    delete this.window.dialog.dataset.done;
  }

  private async ready(most: number): Promise<Engine> {
    if (!canRun()) throw new Error("old");
    this.engine ??= Engine.start(this.request.server, this.window.dialog);
    try {
      const engine = await this.engine;
      await engine.open(this.level, most);
      if (this.isOver) engine.close();
      return engine;
    } catch (error) {
      void this.engine?.then((engine) => engine.close()).catch(() => undefined);
      this.engine = null;
      throw error;
    }
  }

  private async reopen(): Promise<void> {
    const { run } = this;
    try {
      await this.ready(this.isLive ? 1 : 2);
      if (!this.isLive && !this.photo.hidden) await this.study(run);
    } catch (error) {
      if (run === this.run) this.fail(engineTrouble(error));
    }
  }

  private fail(why: keyof typeof words.trouble): void {
    this.stopCamera();
    const mayTryPhoto = ["none", "refused", "busy", "insecure", "photo"].includes(why);
    const mayTryAgain = ["refused", "busy", "loading"].includes(why);
    this.window.show(
      "trouble",
      this.request.picture,
      h(
        "div",
        { class: "row" },
        mayTryPhoto && button("primary", words.consent.photo, () => this.picked.click()),
        mayTryAgain && button("chip", words.start, () => void this.startCamera()),
      ),
    );
    this.window.tell(words.trouble[why]);
  }
}

/** A dot, the ring it most likely lies in, and its name; the name is never mirrored. */
function mark(
  { x, y, radius }: Spot,
  code: string,
  width: number,
  height: number,
  isMirrored: boolean,
): SVGElement {
  const cx = isMirrored ? width - x : x;
  const unit = Math.max(width, height) / 100;
  const ring = Math.max(radius, unit * 1.6);
  const isRight = cx + ring + unit * 14 < width;
  return svg(
    "g",
    { class: "mark" },
    svg("circle", { class: "ring", cx, cy: y, r: ring }),
    svg("circle", { class: "dot", cx, cy: y, r: unit * 0.9 }),
    svg(
      "text",
      {
        x: isRight ? cx + ring + unit : cx - ring - unit,
        y: y + unit * 1.6,
        "font-size": unit * 5,
        "text-anchor": isRight ? "start" : "end",
      },
      code,
    ),
  );
}

const opposite = (hand: Hand): Hand => (hand === "left" ? "right" : "left");

/** The picture as the model gets it. */
function reduced(
  picture: HTMLVideoElement | HTMLCanvasElement,
  width: number,
  height: number,
): Promise<ImageBitmap> {
  const share = Math.min(1, SEEN / Math.max(width, height));
  return createImageBitmap(picture, {
    resizeWidth: Math.max(1, Math.round(width * share)),
    resizeHeight: Math.max(1, Math.round(height * share)),
    resizeQuality: "medium",
  });
}

const nextFrame = (rest: number): Promise<void> =>
  new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => resolve()), rest));

/** A camera that does not tell where it looks is one of a desk or laptop: toward the person. */
const isOnDesk = (): boolean => !matchMedia("(pointer: coarse)").matches;

const stop = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

function cameraTrouble(): "insecure" | "none" | null {
  if (!window.isSecureContext) return "insecure";
  return typeof navigator.mediaDevices?.getUserMedia === "function" ? null : "none";
}

function troubleOf(error: unknown): "refused" | "none" | "busy" {
  const name = (error as DOMException)?.name;
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  return "busy";
}

const canRun = (): boolean =>
  typeof WebAssembly === "object" &&
  typeof OffscreenCanvas === "function" &&
  typeof createImageBitmap === "function";

function engineTrouble(error: unknown): "loading" | "graphics" | "blocked" | "old" {
  if (error instanceof EngineError) return error.why;
  return (error as Error)?.message === "old" ? "old" : "loading";
}
