/** One conversation: puts the line, the transcript and the screen together. */

import { isShownWhole, standing } from "./alarm";
import type { Alarm } from "./alarm";
import { Connection } from "./connection";
import type { LineState } from "./connection";
import { replyOf } from "./contract";
import type { AssistantEntry, Entry, Refusal, Vote } from "./contract";
import { Courier } from "./courier";
import { fill, h, hasFocus, set } from "./dom";
import { markdown, plain } from "./markdown";
import { Notifications } from "./notifications";
import type { Options } from "./options";
import { Outbox } from "./outbox";
import type { Outgoing } from "./outbox";
import { Patience } from "./patience";
import { Session } from "./session";
import { presentStage } from "./stage";
import { Drawer } from "./storage";
import { strings } from "./strings";
import { isEmpty, Transcript } from "./transcript";
import { Announcer } from "./view/announcer";
import { alertText, Banner } from "./view/banner";
import { Composer } from "./view/composer";
import { Messages } from "./view/messages";
import { Scroller } from "./view/scroller";
import { SessionStage } from "./view/session_stage";
import type { Setting } from "./view/session_stage";
import { PointSights } from "./view/sights";
import { StatusBar } from "./view/status_bar";
import { welcome } from "./view/welcome";
import { guessed, said } from "./whereabouts";
import type { Whereabouts } from "./whereabouts";
import { localVoices } from "./voice/offer";
import { ALOUD, VoiceSlot } from "./voice/slot";

/** What the element hears of the conversation; it becomes events of the page. */
export interface ChatEvents {
  state(state: LineState): void;
  message(entry: Entry, isLive: boolean): void;
  redFlag(detail: { tier: string; call: string | null }): void;
  showMap(): void;
}

interface Page {
  entries: Entry[];
  more: boolean;
}

/** Settings of a session that are off until they are wanted. */
const OFF_AT_FIRST: readonly Setting[] = [ALOUD];
const TONE = "tone";
const COUNTRY = "country";
const DRAFT = "draft";
const CONTRAST = "contrast";

export class Chat {
  readonly banner: Banner;
  readonly composer: Composer;
  readonly scroller: Scroller;
  readonly stage: SessionStage;
  readonly status = new StatusBar();
  readonly announcer = new Announcer();
  readonly sights: PointSights;
  readonly voice: VoiceSlot;
  /** Whether answers can be read aloud here. */
  canSpeak = false;

  private readonly words = strings;
  private readonly drawer: Drawer;
  private readonly outbox: Outbox;
  private readonly session: Session;
  private readonly line: Connection;
  private readonly courier: Courier;
  private readonly transcript = new Transcript();
  private readonly messages: Messages;
  private readonly patience: Patience;
  private readonly notice = h("div", { class: "notice", lang: "en" });
  private readonly welcome: HTMLElement;
  private readonly typing = h("div", { class: "typing", hidden: true });
  /** Entries up to here were there when the page was opened: they are not read out. */
  private isRestored = false;
  private catchingUp: Promise<void> | null = null;
  private limitTimer = 0;
  /** A warning about a message that the server could not store. */
  private unstored: { alarm: Alarm; id: string } | null = null;
  /** Entries that came while the page was open. */
  private readonly live = new Set<number>();
  /** The next answer is asked for to be seen on the person's own hand. */
  private isForOwnHand = false;
  /** The country the person chose just now: it goes before what the server knew until then. */
  private corrected: string | null = null;

  constructor(
    private readonly options: Options,
    private readonly events: ChatEvents,
  ) {
    const { words } = this;
    this.drawer = new Drawer(options.storage, `acupoint:${options.server}:`);
    this.outbox = new Outbox(this.drawer);
    this.session = new Session(options.server, this.drawer);
    this.line = new Connection(options.server, this.session, {
      state: (state) => this.lineIs(state),
      connected: () => void this.catchUp(),
      entry: (entry) => this.take(entry),
      typing: (isOn) => this.type(isOn),
      replaced: () => this.startOver(),
      limited: (seconds) => this.limited(seconds),
      notice: (text) => fill(this.notice, markdown(text, words.opensElsewhere)),
    });
    this.courier = new Courier(
      this.outbox,
      this.line,
      {
        sending: (item) => void this.messages.showPending(item, "sending"),
        delivered: (item, seq) => this.delivered(item, seq),
        rejected: (item, refusal) => this.rejected(item, refusal),
        limited: (seconds) => this.limited(seconds),
        troubled: (item, text) => this.troubled(item, text),
      },
      () => this.metadata(),
    );
    this.sights = new PointSights(words, options.server, {
      say: (text) => this.say(text),
      warning: () => {
        const alarm = this.alarm();
        return alarm && alertText(alarm);
      },
    });
    this.messages = new Messages(
      words,
      options.lang,
      options.server,
      {
        say: (text) => this.say(text),
        vote: (seq, vote, reason) => this.vote(seq, vote, reason),
        again: (entry) => this.say(this.askedBefore(entry)),
        read: (entry) => this.voice.read(entry),
        retry: (item) => this.retry(item),
        edit: (item) => {
          this.messages.dropPending(item.id);
          this.composer.edit(item.text);
        },
        enlarge: (opener) => void this.sights.enlarge(opener).catch(() => undefined),
        isSoundOn: () => this.isOn("sound"),
        notifications: new Notifications(options.server, (event, body) =>
          this.line.ask(event, body),
        ),
      },
      (text) => this.transcript.wordsFor(text),
      (entry) => this.askedBefore(entry),
      this.sights,
    );
    this.patience = new Patience({
      slow: () => this.status.set("slow", { text: words.states.slow }),
      unanswered: (seq) => void this.noAnswer(seq),
      over: () => this.status.set("slow", null),
    });
    const leave = (): void => this.scroller.element.focus({ preventScroll: true });
    this.banner = new Banner(
      words,
      {
        say: (text) => this.say(text),
        leave,
        whereabouts: (told) => this.whereabouts(told),
        isIn: (code) => {
          this.drawer.set(COUNTRY, code);
          this.corrected = code;
          this.say(said(code));
        },
      },
      options.lang,
    );
    this.stage = new SessionStage(words, {
      say: (text) => this.say(text),
      announce: (text) => this.announcer.say(text),
      leave,
      isOn: (setting) => this.isOn(setting),
      toggle: (setting) => this.drawer.set(setting, this.isOn(setting) ? "off" : "on"),
      isOccupied: () =>
        document.hidden || this.composer.isInUse || this.frame()?.querySelector("dialog[open]") != null,
      voice: {
        isOffered: () => this.canSpeak || localVoices().length > 0,
        isBusy: () => this.voice.isBusy,
        stop: () => this.voice.hush(),
        say: (entry) => this.voice.say(entry),
      },
    }, options.server);
    this.composer = new Composer(words, options.lang, (text) => this.say(text), {
      kept: () => this.drawer.get(DRAFT),
      keep: (text) => (text ? this.drawer.set(DRAFT, text) : this.drawer.remove(DRAFT)),
    });
    this.voice = new VoiceSlot(options.server, this.session, this.drawer, {
      write: (text) => this.composer.append(text),
      send: (text, id) => this.say(text, id),
      about: () => this.metadata(),
      offered: () => {
        this.canSpeak = true;
        set(this.frame()!, "data-speaks", true);
      },
    });
    this.composer.addButton(this.voice.button);
    this.typing.append(
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      h("span", { class: "unseen" }, words.typing),
    );
    this.welcome = welcome(words, options.server, this.notice, {
      say: (text) => this.say(text),
      showMap: () => this.events.showMap(),
      onOwnHand: () => this.onOwnHand(),
    });
    this.welcome.append(this.notice);
    this.scroller = new Scroller(words, this.messages.list, this.welcome, this.typing);
  }

  /** Whether there is a conversation to come back to. */
  get isKnown(): boolean {
    return this.session.token !== null;
  }

  start(): void {
    for (const item of this.outbox.all()) this.messages.showPending(item, "waiting");
    this.draw();
    this.line.start();
    void this.voice.open();
  }

  stop(): void {
    this.line.stop();
    this.courier.stop();
    this.patience.stop();
    this.stage.stop();
    this.voice.stop();
    this.announcer.clear();
    this.sights.close();
    clearTimeout(this.limitTimer);
  }

  /** Say something for the person. */
  say(text: string, id?: string): void {
    const words = text.trim();
    if (!words) return;
    this.voice.hush();
    const item = this.outbox.add(words, Date.now(), id);
    this.messages.showPending(item, "waiting");
    this.status.set("replaced", null);
    this.draw();
    this.scroller.toEnd();
    this.line.retry();
    void this.courier.run();
  }

  /** The skin tone of pictures, kept for the next visit. */
  get tone(): string | null {
    return this.drawer.get(TONE);
  }

  set tone(tone: string) {
    this.drawer.set(TONE, tone);
  }

  /** Whether colours stand out more; null where the person has not said. */
  get contrast(): boolean | null {
    const kept = this.drawer.get(CONTRAST);
    return kept === null ? null : kept === "on";
  }

  set contrast(isOn: boolean) {
    this.drawer.set(CONTRAST, isOn ? "on" : "off");
  }

  /** Begin anew; the old conversation stays above the divider. */
  async fresh(): Promise<void> {
    const answer = await this.line.ask("new_conversation", {});
    if (answer?.ok) return this.status.set("broken", null);
    this.broken(answer?.error);
  }

  /** Delete everything, on both sides: the assistant asks once more, and here that is said already. */
  erase(): void {
    this.say(this.words.erase.asked);
    this.say(this.words.erase.confirmed);
  }

  /** A page of what was talked about, for paper. */
  async sheet(): Promise<void> {
    const { sheet } = await import("./view/sheet");
    const cards = [...this.messages.list.querySelectorAll<HTMLElement>(".card .point:has(.actions)")];
    const dialog = sheet(
      cards.filter((card) => !card.closest("[hidden]")),
      [...this.messages.reliefs.values()],
      this.options.lang,
    );
    this.frame()?.append(dialog);
    dialog.showModal();
  }

  private async catchUp(): Promise<void> {
    this.catchingUp ??= this.fetchMissing().finally(() => {
      this.catchingUp = null;
    });
    await this.catchingUp;
  }

  private async fetchMissing(): Promise<void> {
    for (;;) {
      const after = this.transcript.last;
      const answer = await this.line.ask<Page>("history", { after });
      if (!answer?.ok) {
        if (answer) this.broken(answer.error);
        return;
      }
      for (const entry of answer.entries) this.put(entry);
      const last = answer.entries.at(-1);
      if (last) this.transcript.settle(last.seq);
      // More came in while this was on its way, and something before it was lost.
      const isMissing = this.transcript.hasGap && last;
      if (!last || !(answer.more || isMissing)) break;
    }
    this.status.set("broken", null);
    const isFirst = !this.isRestored;
    this.isRestored = true;
    this.draw();
    if (isFirst && this.welcome.hidden) this.scroller.toEnd();
    const open = this.transcript.unanswered();
    if (open) this.patience.expect(open.seq);
    void this.courier.run();
  }

  /** An entry as it happens. */
  private take(entry: Entry): void {
    const row = this.put(entry);
    if (!row) return;
    this.sights.yieldTo(entry.from === "system");
    this.draw();
    if (entry.from === "assistant" && this.isForOwnHand) {
      this.isForOwnHand = false;
      row.querySelector<HTMLElement>(".sights [data-sight=hand]")?.click();
    }
    if (entry.from === "person") {
      this.patience.expect(entry.seq);
      this.scroller.toEnd();
    } else this.scroller.follow(row);
  }

  private put(entry: Entry): HTMLElement | null {
    const became = this.transcript.add(entry);
    if (became === "known") return null;
    if (became === "erased") {
      this.drawer.remove(COUNTRY);
      this.drawer.remove(DRAFT);
      this.messages.clear();
      this.announcer.clear();
      for (const item of this.outbox.all()) this.messages.showPending(item, "waiting");
    }
    if (became === "gap" && this.isRestored) void this.catchUp();
    if (entry.from === "person") this.outbox.remove(entry.id);
    if (this.isRestored) this.live.add(entry.seq);
    const row = this.messages.show(entry);
    if (entry.from === "assistant") {
      if (entry.answers === undefined || entry.answers === this.patience.waitsFor) {
        this.patience.answered();
      }
      this.type(false);
      this.messages.dropNote(entry.answers);
      if (this.isRestored) this.announce(entry);
    }
    this.events.message(entry, this.isRestored);
    return row;
  }

  private announce(entry: AssistantEntry): void {
    this.voice.answered(entry);
    const reply = replyOf(entry.message);
    if (reply.kind === "red_flag") {
      if (reply.call) this.corrected = null;
      const alarm = {
        entry,
        tier: reply.tier ?? "emergency",
        isWithdrawing: true,
        isOlder: false,
      } as const;
      this.sights.close();
      this.announcer.alert(alertText(alarm));
      this.events.redFlag({ tier: alarm.tier, call: reply.call?.number ?? null });
    } else if (isEmpty(entry)) {
      this.announcer.say(`${this.words.empty.text} ${this.words.empty.guidance}`);
    } else this.announcer.say(plain(entry.message.text ?? reply.written ?? ""));
  }

  /** Bring everything that is read off the conversation up to date. */
  private draw(): void {
    const { entries } = this.transcript;
    const waiting = this.outbox.all();
    const isBegun = entries.length > 0 && entries.at(-1)!.from !== "system";
    this.welcome.hidden = isBegun || waiting.length > 0 || !this.isRestored;
    const alarm = this.alarm();
    this.banner.show(alarm);
    this.messages.foldWarnings(alarm !== null && isShownWhole(alarm));
    const isEmergency = alarm?.tier === "emergency";
    this.messages.withdrawBefore(
      !alarm?.isWithdrawing ? 0 : isEmergency ? Infinity : alarm.entry.seq,
    );
    const hadFocus = hasFocus(this.scroller.element);
    const [step, isInterrupted] = presentStage(entries);
    this.stage.show(step, isInterrupted, step !== null && this.live.has(step.entry.seq));
    if (hadFocus && this.stage.isFull) this.stage.focus();
    this.stage.busy(waiting.length > 0 || this.patience.waitsFor !== null);
    this.spend(entries, waiting);
  }

  /** The warning that stands. */
  private alarm(): Alarm | null {
    return standing(this.transcript.entries) ?? this.unstored?.alarm ?? null;
  }

  private spend(entries: Entry[], waiting: Outgoing[]): void {
    const said = entries.filter((entry) => entry.from !== "assistant");
    const last = waiting.length ? Infinity : (said.at(-1)?.seq ?? 0);
    this.messages.spendBefore(last, (seq) => {
      const next = said.find((entry) => entry.seq > seq);
      return next ? (next.from === "person" ? next.text : undefined) : waiting[0]?.text;
    });
  }

  /** A whole warning, in several paragraphs, is shown as one; it must not wait for the store. */
  private troubled(item: Outgoing, text: string): void {
    if (!text.includes("\n\n") || this.unstored?.id === item.id) return;
    const message = { text, custom: { reply: { kind: "red_flag", tier: "emergency" } } } as const;
    const entry = { seq: 0, at: new Date().toISOString(), from: "assistant", message } as const;
    this.unstored = {
      id: item.id,
      alarm: { entry, tier: "emergency", isWithdrawing: true, isOlder: false },
    };
    this.announce(entry);
    this.draw();
  }

  private delivered(item: Outgoing, seq: number): void {
    if (this.unstored?.id === item.id) this.unstored = null;
    this.status.set("limited", null);
    this.messages.confirm(item.id);
    const isAnswered = this.transcript.entries.some(
      (e) => e.from === "assistant" && e.answers === seq,
    );
    if (!isAnswered) this.patience.expect(seq);
    this.draw();
  }

  private rejected(item: Outgoing, refusal: Refusal): void {
    const { message } = this.words;
    const why =
      refusal.code === "too_large"
        ? message.tooLarge
        : refusal.code === "bad_request"
          ? message.rejected
          : undefined;
    this.messages.showPending(item, "failed", why);
    this.draw();
    this.scroller.toEnd();
  }

  private retry(item: Outgoing): void {
    this.messages.dropPending(item.id);
    this.say(item.text);
  }

  private async noAnswer(seq: number): Promise<void> {
    // Perhaps it came and was lost on the way.
    await this.catchUp();
    const open = this.transcript.unanswered();
    if (open?.seq !== seq) return;
    this.patience.stop();
    const row = this.messages.noteUnanswered(seq, () => this.askAgain(seq));
    this.type(false);
    this.draw();
    this.scroller.follow(row);
    this.announcer.say(`${this.words.empty.text} ${this.words.empty.guidance}`);
  }

  /** The same message with the same id: a server that has answered meanwhile does not ask twice. */
  private async askAgain(seq: number): Promise<void> {
    const asked = this.transcript.entries.find((entry) => entry.seq === seq);
    if (asked?.from !== "person") return;
    this.patience.expect(seq);
    const { id, text } = asked;
    await this.line.ask("message", { id, text, metadata: this.metadata() });
  }

  private askedBefore(entry: AssistantEntry): string {
    return this.transcript.questionOf(entry)?.text ?? "";
  }

  private async vote(seq: number, value: Vote | null, reason?: string): Promise<boolean> {
    const answer = await this.line.ask("feedback", { seq, value, ...(reason ? { reason } : {}) });
    return answer?.ok ?? false;
  }

  private type(isOn: boolean): void {
    this.typing.hidden = !isOn;
    if (isOn) this.scroller.follow(this.typing);
    else this.patience.typed();
  }

  /** The old conversation is not to be had any more: an empty one, and what was not sent yet. */
  private startOver(): void {
    this.transcript.clear();
    this.messages.clear();
    this.patience.stop();
    this.isRestored = false;
    for (const item of this.outbox.all()) this.messages.showPending(item, "waiting");
    const { states } = this.words;
    this.status.set("replaced", {
      text: states.renewed,
      action: { title: states.understood, run: () => this.status.set("replaced", null) },
    });
    this.draw();
  }

  private limited(seconds: number): void {
    clearTimeout(this.limitTimer);
    const end = Date.now() + seconds * 1000;
    // One sentence, not one a second: a screen reader would read each.
    this.status.set("limited", { text: this.words.states.limited(seconds) });
    this.limitTimer = window.setTimeout(() => this.status.set("limited", null), end - Date.now());
  }

  private broken(refusal?: Refusal): void {
    const { states } = this.words;
    if (refusal?.code === "rate_limited") return this.limited(Math.ceil(refusal.retry_after ?? 5));
    this.status.set("broken", {
      text: states.broken,
      action: { title: states.tryNow, run: () => void this.catchUp() },
    });
  }

  private lineIs(state: LineState): void {
    const { states } = this.words;
    for (const each of [
      "connecting",
      "starting",
      "offline",
      "reconnecting",
      "gone",
      "refused",
    ] as const) {
      if (each !== state) this.status.set(each, null);
    }
    const retry = { title: states.tryNow, run: () => this.line.retry() };
    if (state === "gone" || state === "refused") {
      this.status.set(state, { text: states[state], action: retry });
    } else if (state !== "online") {
      this.status.set(state, { text: states[state] });
    }
    if (state === "offline" || state === "gone" || state === "reconnecting") {
      this.type(false);
      this.patience.stop();
      this.status.set("slow", null);
      for (const item of this.outbox.all()) this.messages.showPending(item, "waiting");
    }
    this.draw();
    this.events.state(state);
  }

  private metadata(): Record<string, string> {
    const { lang } = this.options;
    const country = this.drawer.get(COUNTRY) ?? this.options.country;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return { ...(timeZone ? { timezone: timeZone } : {}), ...(country ? { country } : {}), lang };
  }

  /** Where the person may be: as they said, else as the server or the page knows, else guessed. */
  private whereabouts(told: string | undefined): Whereabouts | null {
    const known = this.corrected ?? told ?? this.drawer.get(COUNTRY) ?? this.options.country;
    if (known) return { code: known, isGuess: false };
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const code = guessed(timeZone, navigator.languages);
    return code ? { code, isGuess: true } : null;
  }

  private isOn(setting: Setting): boolean {
    const kept = this.drawer.get(setting);
    return kept ? kept !== "off" : !OFF_AT_FIRST.includes(setting);
  }

  private frame(): Element | null {
    return this.composer.element.closest(".frame");
  }

  /** Show a point of the hand, and go on to the person's own hand when its card is there. */
  private onOwnHand(): void {
    this.isForOwnHand = true;
    this.say(this.words.welcome.says.hand);
  }
}
