/** The guided session: the present step with its timer and its buttons, always at the same place. */

import { replyOf } from "../contract";
import type { AssistantEntry, Control } from "../contract";
import { Countdown } from "../countdown";
import { allowSound, chime, Light, vibrate } from "../device";
import { arrange, fill, h, hasFocus, icon, set } from "../dom";
import { ICONS } from "../icons";
import { markdown } from "../markdown";
import { LET_GO, paceOf } from "../pace";
import type { Step } from "../stage";
import type { Strings } from "../strings";
import { painScale } from "./pain_scale";
import { pictures } from "./pictures";
import { Ring } from "./ring";

const BESIDE = ["pause", "skip", "stop"];
/** Parts that are about a point: its picture stays while one presses. */
const WITH_PICTURE = ["find", "hold"];
/** An answer from longer ago than this is from an earlier visit: its time is over. */
const FRESH_MS = 10 * 60_000;
/** The words that ask for a tap; a session that goes on by itself has no use for them. */
const ASKS_FOR_NEXT = /^Then say next\.$/;

export type Setting = "sound" | "auto" | "aloud";

export interface StageActions {
  say(text: string): void;
  announce(text: string): void;
  /** The stage had the keyboard's place, and is gone. */
  leave(): void;
  isOn(setting: Setting): boolean;
  toggle(setting: Setting): void;
  /** The person is doing something else: the session waits. */
  isOccupied(): boolean;
  /** What reads answers aloud, the steps among them. */
  voice: {
    isOffered(): boolean;
    isBusy(): boolean;
    say(entry: AssistantEntry): void;
    stop(): void;
  };
}

export class SessionStage {
  private readonly progress = h("progress", { max: 1, value: 0 });
  private readonly where = h("span", { class: "stage-where" });
  private readonly sound = this.toggle("sound");
  private readonly aloud = this.toggle("aloud");
  private readonly title = h("h3", { class: "stage-title" });
  private readonly text = h("div", { class: "text", lang: "en", dir: "auto" });
  private readonly shown = h("div", { class: "stage-shown" });
  private readonly guidance = h("p", { class: "guidance", lang: "en", dir: "auto" });
  private readonly ring: Ring;
  private readonly pace = h("span", { class: "pace-text", "aria-hidden": "true" });
  private readonly paceSwitch = h("button", {
    type: "button",
    class: "link",
    onclick: () => this.flip("auto"),
  });
  private readonly paceLine = h("p", { class: "pace" }, this.pace, this.paceSwitch);
  private readonly pain = h("div", { class: "pain" });
  private readonly main = h("div", { class: "stage-main" });
  private readonly beside = h("div", { class: "stage-beside" });
  private readonly rest = h("div", { class: "stage-rest", hidden: true });
  private readonly more = h("button", {
    type: "button",
    class: "chip",
    "aria-expanded": "false",
    onclick: () => this.showRest(this.rest.hidden),
  });
  readonly element: HTMLElement;

  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly light = new Light();
  private step: Step | null = null;
  private countdown: Countdown | null = null;
  private ticking = 0;
  /** The time is up, and that was told. */
  private isTold = false;
  /** What is left to let go, before the session goes on by itself. */
  private lettingGo: Countdown | null = null;
  /** Something else is talked about meanwhile: the session waits for a tap. */
  private isInterrupted = false;

  constructor(
    private readonly words: Strings,
    private readonly actions: StageActions,
    private readonly server = location.origin,
  ) {
    this.ring = new Ring(words.session.timer);
    this.element = h(
      "section",
      { class: "stage", "aria-label": words.session.label, hidden: true },
      h("div", { class: "stage-top" }, this.where, this.progress, this.aloud, this.sound),
      h(
        "div",
        { class: "stage-body", tabindex: 0, role: "group", "aria-label": words.session.words },
        this.title,
        this.shown,
        this.text,
      ),
      this.guidance,
      this.paceLine,
      this.pain,
      this.main,
      this.beside,
      this.rest,
    );
    this.more.textContent = words.session.more;
    set(this.progress, "aria-label", words.session.label);
  }

  /**
   * Show this step, or nothing. The same step shown again keeps its time.
   *
   * @param isInterrupted something else was talked about since: the conversation is shown beside it.
   * @param isLive the step came just now; else it is from before the page was opened.
   */
  show(step: Step | null, isInterrupted = false, isLive = true): void {
    this.isInterrupted = isInterrupted;
    set(this.element, "data-full", step !== null && !isInterrupted);
    if (step?.entry.seq === this.step?.entry.seq) return;
    const before = this.step;
    const hadFocus = hasFocus(this.element);
    this.step = step;
    set(this.element, "hidden", !step);
    this.light.want(step?.card.status === "running");
    if (!step) {
      this.endTimer();
      if (hadFocus) this.actions.leave();
      return;
    }
    this.tell(step);
    this.time(step, before, isLive);
    this.offer(step);
    // The button that was pressed may be gone: its place is then taken by the main one.
    if (hadFocus && !hasFocus(this.element)) {
      this.focus();
    }
    this.element.querySelector(".stage-body")!.scrollTop = 0;
  }

  /** While an answer is awaited, a second press does nothing. */
  busy(isBusy: boolean): void {
    for (const button of this.element.querySelectorAll("button[data-say]")) {
      set(button, "aria-disabled", isBusy ? "true" : null);
    }
  }

  /** Whether it takes the place of the conversation. */
  get isFull(): boolean {
    return this.element.hasAttribute("data-full");
  }

  /** Take the keyboard's place: what had it is gone. */
  focus(): void {
    (this.main.querySelector("button") ?? this.more).focus({ preventScroll: true });
  }

  stop(): void {
    this.endTimer();
    this.light.stop();
  }

  private tell({ card, entry }: Step): void {
    const { session } = this.words;
    const minutes = Math.round(card.seconds_left / 60);
    const state = card.status === "running" ? session.left(minutes) : session[card.status];
    this.where.textContent = card.step
      ? `${session.progress(card.step, card.of)} · ${state}`
      : card.status === "running"
        ? session.left(minutes)
        : state;
    this.progress.value = card.step / card.of;
    set(this.progress, "hidden", card.step === 0);
    this.title.textContent = card.title;
    fill(this.text, markdown(card.text, this.words.opensElsewhere));
    for (const block of this.text.children) {
      const isAsking = ASKS_FOR_NEXT.test(block.textContent ?? "");
      (block as HTMLElement).hidden = isAsking && this.actions.isOn("auto");
    }
    const drawn = WITH_PICTURE.includes(card.part) ? { ...card } : {};
    fill(this.shown, pictures(drawn, this.server, undefined, this.ring.element));
    set(this.element, "data-part", card.part);
    this.guidance.textContent = replyOf(entry.message).guidance?.written ?? "";
    set(this.element, "data-status", card.status);
    this.showSettings();
  }

  private time({ card, entry }: Step, before: Step | null, isLive: boolean): void {
    const pace = paceOf(card);
    this.ring.element.hidden = !pace?.isTimed;
    if (!pace) {
      this.endTimer();
      return;
    }
    const goesOn =
      before &&
      this.countdown?.seconds === pace.seconds &&
      before.card.id === card.id &&
      (before.card.status === "paused" || card.status === "paused");
    if (!goesOn) {
      const age = isLive ? 0 : Date.now() - new Date(entry.at).getTime();
      const spent = age < FRESH_MS ? age : Infinity;
      this.countdown = new Countdown(pace.seconds, undefined, spent);
      // What was over before the page was opened is not gone on from by itself.
      this.lettingGo = this.countdown.isOver ? null : new Countdown(pace.isTimed ? LET_GO : 0);
      this.isTold = !pace.isTimed;
    }
    if (card.status === "running") this.countdown!.start();
    else this.countdown!.pause();
    clearInterval(this.ticking);
    this.ticking = window.setInterval(() => this.tick(card.status === "running"), 200);
    this.draw();
  }

  private tick(isRunning: boolean): void {
    this.draw();
    if (!this.countdown?.isOver) return;
    if (!this.isTold) {
      this.isTold = true;
      if (this.actions.isOn("sound")) chime();
      vibrate();
      const { timeUp, timeUpAuto } = this.words.session;
      this.actions.announce(this.goesOnByItself ? timeUpAuto : timeUp);
    }
    const { actions, lettingGo } = this;
    if (!lettingGo || !isRunning || !this.goesOnByItself) return;
    if (actions.isOccupied() || actions.voice.isBusy()) return;
    lettingGo.start();
    if (!lettingGo.isOver) return;
    clearInterval(this.ticking);
    const next = this.step?.card.controls.find((control) => control.id === "next");
    if (next) actions.say(next.say);
  }

  private get goesOnByItself(): boolean {
    return this.actions.isOn("auto") && !this.isInterrupted && this.lettingGo !== null;
  }

  private draw(): void {
    const { countdown } = this;
    if (!countdown) return;
    this.ring.draw(countdown.shown, countdown.share);
    const { session } = this.words;
    const isAuto = this.actions.isOn("auto");
    const told = isAuto && this.goesOnByItself ? session.goesOn(countdown.shown) : session.waits;
    if (this.pace.textContent !== told) this.pace.textContent = told;
  }

  private endTimer(): void {
    clearInterval(this.ticking);
    this.countdown = null;
    this.pace.textContent = this.words.session.waits;
    this.ring.element.hidden = true;
  }

  private offer({ card, entry }: Step): void {
    const controls = new Map<string, Control>(
      card.controls.map((control) => [control.id, control]),
    );
    const take = (id: string): Control | undefined => {
      const control = controls.get(id);
      controls.delete(id);
      return control;
    };
    const isAsking = card.step === 0;
    this.askPain(card.pain);
    const first = isAsking
      ? (entry.message.buttons ?? []).map((each) => ({
          id: `say:${each.payload}`,
          title: each.title,
          say: each.payload,
        }))
      : // The scale is the answer where one is asked for.
        card.pain
        ? []
        : [card.status === "running" ? take("next") : (take("resume") ?? take("next"))].filter(
            (c) => c !== undefined,
          );
    arrange(
      this.main,
      first.map((control) => this.button(control, "primary")),
    );
    const beside = BESIDE.map((id) =>
      id === "pause" ? (take("pause") ?? take("resume")) : take(id),
    );
    const left = [...controls.values()];
    arrange(this.beside, [
      ...beside.filter((c) => c !== undefined).map((c) => this.button(c, "chip")),
      ...(left.length ? [this.more] : []),
    ]);
    arrange(
      this.rest,
      left.map((control) => this.button(control, "chip")),
    );
    this.showRest(!this.rest.hidden && left.length > 0);
    this.paceLine.hidden = isAsking || card.status !== "running";
  }

  private showRest(isShown: boolean): void {
    this.rest.hidden = !isShown;
    set(this.more, "aria-expanded", String(isShown));
  }

  /** The same control is the same button in every step, so that the keyboard stays on it. */
  private button(control: Control, look: string): HTMLButtonElement {
    const key = control.id === "resume" ? "pause" : control.id;
    const id = look !== "primary" ? key : control.id.startsWith("say:") ? control.id : "main";
    let button = this.buttons.get(id);
    if (!button) {
      button = h("button", { type: "button" });
      button.addEventListener("click", () => this.press(button!));
      this.buttons.set(id, button);
    }
    button.className = look;
    button.textContent = control.title;
    button.dataset.say = control.say;
    button.dataset.control = control.id;
    set(button, "aria-disabled", null);
    return button;
  }

  private press(button: HTMLButtonElement): void {
    if (button.getAttribute("aria-disabled") === "true") return;
    allowSound();
    if (button.dataset.control === "pause") this.countdown?.pause();
    this.actions.say(button.dataset.say!);
  }

  private askPain(scale: Step["card"]["pain"]): void {
    set(this.pain, "hidden", !scale);
    fill(this.pain, ...(scale ? painScale(scale, this.words, (button) => this.press(button)) : []));
  }

  private toggle(setting: Setting): HTMLButtonElement {
    return h("button", { type: "button", class: "tool", onclick: () => this.flip(setting) });
  }

  private flip(setting: Setting): void {
    allowSound();
    this.actions.toggle(setting);
    this.showSettings();
    if (setting === "auto" && this.step) {
      this.tell(this.step);
      this.draw();
    }
    if (setting !== "aloud") return;
    if (this.actions.isOn("aloud") && this.step) this.actions.voice.say(this.step.entry);
    else this.actions.voice.stop();
  }

  private showSettings(): void {
    const { session } = this.words;
    const show = (button: HTMLElement, setting: Setting, path: string, label: string): void => {
      fill(button, icon(path));
      set(button, "aria-label", label);
      set(button, "aria-pressed", String(this.actions.isOn(setting)));
      set(button, "title", label);
    };
    const isOn = this.actions.isOn("sound");
    show(this.sound, "sound", isOn ? ICONS.bell : ICONS.silent, session.sound);
    show(this.aloud, "aloud", ICONS.sound, session.aloud);
    this.aloud.hidden = !this.actions.voice.isOffered();
    set(this.paceSwitch, "aria-pressed", String(this.actions.isOn("auto")));
    this.paceSwitch.textContent = session.auto;
  }
}
