/** The guided session: the present step with its timer and its buttons, always at the same place. */

import { replyOf } from "../contract";
import type { Control } from "../contract";
import { Countdown } from "../countdown";
import { allowSound, chime, Light, vibrate } from "../device";
import { arrange, fill, h, hasFocus, icon, set, svg } from "../dom";
import { ICONS } from "../icons";
import { markdown } from "../markdown";
import type { Step } from "../stage";
import type { Strings } from "../strings";
import { pictures } from "./pictures";

const RING = 2 * Math.PI * 44;
const BESIDE = ["pause", "skip", "stop"];
/** An answer from longer ago than this is from an earlier visit: its time is over. */
const FRESH_MS = 10 * 60_000;

export interface StageActions {
  say(text: string): void;
  announce(text: string): void;
  /** The stage had the keyboard's place, and is gone. */
  leave(): void;
  isSoundOn(): boolean;
  toggleSound(): void;
}

export class SessionStage {
  private readonly progress = h("progress", { max: 1, value: 0 });
  private readonly where = h("span", { class: "stage-where" });
  private readonly sound = h("button", {
    type: "button",
    class: "tool",
    onclick: () => this.flipSound(),
  });
  private readonly title = h("h3", { class: "stage-title" });
  private readonly text = h("div", { class: "text", lang: "en", dir: "auto" });
  private readonly shown = h("div");
  private readonly guidance = h("p", { class: "guidance", lang: "en", dir: "auto" });
  private readonly arc = svg("circle", {
    class: "arc",
    cx: 50,
    cy: 50,
    r: 44,
    "stroke-dasharray": RING,
    "stroke-dashoffset": 0,
  });
  private readonly count = h("span", { class: "count" });
  private readonly timer = h(
    "div",
    { class: "timer", role: "timer", "aria-live": "off" },
    svg(
      "svg",
      { viewBox: "0 0 100 100", "aria-hidden": "true", focusable: "false" },
      svg("circle", { class: "track", cx: 50, cy: 50, r: 44 }),
      this.arc,
    ),
    this.count,
  );
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

  constructor(
    private readonly words: Strings,
    private readonly actions: StageActions,
    private readonly server = location.origin,
  ) {
    this.element = h(
      "section",
      { class: "stage", "aria-label": words.session.label, hidden: true },
      h("div", { class: "stage-top" }, this.where, this.progress, this.sound),
      h(
        "div",
        { class: "stage-body", tabindex: 0, role: "group", "aria-label": words.session.words },
        this.title,
        this.timer,
        this.shown,
        this.text,
      ),
      this.guidance,
      this.pain,
      this.main,
      this.beside,
      this.rest,
    );
    this.more.textContent = words.session.more;
    set(this.timer, "aria-label", words.session.timer);
    set(this.progress, "aria-label", words.session.label);
  }

  /** Show this step, or nothing. The same step shown again keeps its time. */
  show(step: Step | null): void {
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
    this.time(step, before);
    this.offer(step);
    // The button that was pressed may be gone: its place is then taken by the main one.
    if (hadFocus && !hasFocus(this.element)) {
      (this.main.querySelector("button") ?? this.more).focus();
    }
    this.element.querySelector(".stage-body")!.scrollTop = 0;
  }

  /** While an answer is awaited, a second press does nothing. */
  busy(isBusy: boolean): void {
    for (const button of this.element.querySelectorAll("button[data-say]")) {
      set(button, "aria-disabled", isBusy ? "true" : null);
    }
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
    // Where to press is shown while looking for the place; while pressing, the time is.
    const drawn = card.part === "find" ? pictures({ ...card }, this.server) : null;
    fill(this.shown, drawn);
    this.guidance.textContent = replyOf(entry.message).guidance?.written ?? "";
    set(this.element, "data-status", card.status);
    this.showSound();
  }

  private time({ card, entry }: Step, before: Step | null): void {
    if (!card.seconds) {
      this.endTimer();
      return;
    }
    const goesOn =
      before &&
      this.countdown &&
      before.card.id === card.id &&
      before.card.seconds === card.seconds &&
      (before.card.status === "paused" || card.status === "paused");
    if (!goesOn) {
      const age = Date.now() - new Date(entry.at).getTime();
      const spent = age > 3_000 ? (age < FRESH_MS ? age : Infinity) : 0;
      this.countdown = new Countdown(card.seconds, undefined, spent);
    }
    if (card.status === "running") this.countdown!.start();
    else this.countdown!.pause();
    set(this.timer, "hidden", false);
    clearInterval(this.ticking);
    this.ticking = window.setInterval(() => this.tick(), 200);
    this.draw();
  }

  private tick(): void {
    if (!this.countdown?.isOver) {
      this.draw();
      return;
    }
    clearInterval(this.ticking);
    this.draw();
    if (this.actions.isSoundOn()) chime();
    vibrate();
    this.actions.announce(this.words.session.timeUp);
  }

  private draw(): void {
    const { countdown } = this;
    if (!countdown) return;
    const shown = String(countdown.shown);
    if (this.count.textContent !== shown) this.count.textContent = shown;
    set(this.arc, "stroke-dashoffset", RING * (1 - countdown.share));
    set(this.timer, "data-over", countdown.isOver);
  }

  private endTimer(): void {
    clearInterval(this.ticking);
    this.countdown = null;
    set(this.timer, "hidden", true);
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
    this.pain.replaceChildren();
    if (!scale) return;
    const { session } = this.words;
    const numbers = Array.from({ length: scale.most - scale.least + 1 }, (_, i) => scale.least + i);
    this.pain.append(
      h(
        "div",
        { class: "scale", role: "group", "aria-label": session.pain },
        ...numbers.map((value) => {
          const button = h(
            "button",
            {
              type: "button",
              "data-say": String(value),
              "data-level": String(value),
              "aria-label": session.painValue(value, scale.least, scale.most),
            },
            String(value),
          );
          button.addEventListener("click", () => this.press(button));
          return button;
        }),
      ),
      h(
        "div",
        { class: "ends", "aria-hidden": "true" },
        h("span", {}, session.none),
        h("span", {}, session.worst),
      ),
    );
  }

  private flipSound(): void {
    allowSound();
    this.actions.toggleSound();
    this.showSound();
  }

  private showSound(): void {
    const isOn = this.actions.isSoundOn();
    const { session } = this.words;
    fill(this.sound, icon(isOn ? ICONS.sound : ICONS.mute));
    set(this.sound, "aria-label", session.sound);
    set(this.sound, "aria-pressed", String(isOn));
    set(this.sound, "title", isOn ? session.soundOn : session.soundOff);
  }
}
