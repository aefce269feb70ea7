/** The conversation on the screen. */

import { isStep, isEnd, replyOf } from "../contract";
import type { AssistantEntry, Card, EndCard, Entry, PersonEntry, QuickReply, StepCard, Vote } from "../contract";
import { h, icon, set } from "../dom";
import { ICONS } from "../icons";
import { markdown, plain } from "../markdown";
import type { Notifications } from "../notifications";
import type { Outgoing } from "../outbox";
import type { Strings } from "../strings";
import { isEmpty } from "../transcript";
import { cardView, isOfPoints, withdraw } from "./cards";
import type { Sights } from "./cards";
import { feedback } from "./feedback";
import { fold } from "./fold";
import { painChart } from "./pain_chart";
import type { Relief } from "./pain_chart";
import { quickReplies, spend } from "./quick_replies";
import { split } from "./told";

export interface MessageActions {
  say(text: string): void;
  vote(seq: number, vote: Vote | null, reason?: string): Promise<boolean>;
  /** Ask the same thing once more. */
  again(entry: AssistantEntry): void;
  /** Read it aloud, or stop. */
  read(entry: AssistantEntry): void;
  retry(item: Outgoing): void;
  edit(item: Outgoing): void;
  /** Show a picture large. */
  enlarge?(opener: HTMLElement): void;
  isSoundOn?(): boolean;
  notifications?: Notifications;
}

export type Sending = "waiting" | "sending" | "failed";

export class Messages {
  readonly list = h("div", { class: "list" });
  private readonly rows = new Map<number, HTMLElement>();
  private readonly pending = new Map<string, HTMLElement>();
  private readonly notes = new Map<number, HTMLElement>();
  /** Pain before and after each session. */
  readonly reliefs = new Map<number, Relief>();

  constructor(
    private readonly words: Strings,
    private readonly lang: string,
    private readonly server: string,
    private readonly actions: MessageActions,
    /** The words of a button that sends a command. */
    private readonly wordsFor: (text: string) => string,
    /** What the person asked before this answer. */
    private readonly askedBefore: (entry: AssistantEntry) => string,
    private readonly sights?: Sights,
  ) {}

  /** Show an entry in its place; what was waiting to be sent becomes part of the conversation. */
  show(entry: Entry): HTMLElement {
    const known = this.rows.get(entry.seq);
    if (known) return known;
    const row = entry.from === "person" ? this.person(entry) : this.told(entry);
    row.dataset.seq = String(entry.seq);
    this.rows.set(entry.seq, row);
    this.place(row, entry.seq);
    this.markDay(row, entry.at);
    return row;
  }

  /** Show what the server has not confirmed. */
  showPending(item: Outgoing, state: Sending, why?: string): HTMLElement {
    let row = this.pending.get(item.id);
    if (!row) {
      row = this.bubble("person", this.words.you);
      row.querySelector(".bubble")!.append(said(shortened(this.wordsFor(item.text))));
      this.pending.set(item.id, row);
      this.list.append(row);
    }
    row.dataset.state = state;
    row.querySelector(".delivery")?.remove();
    row.append(this.delivery(item, state, why));
    return row;
  }

  /** The server has it: until its entry arrives it stands as it is. */
  confirm(id: string): void {
    const row = this.pending.get(id);
    if (!row) return;
    delete row.dataset.state;
    row.querySelector(".delivery")?.remove();
  }

  dropPending(id: string): void {
    this.pending.get(id)?.remove();
    this.pending.delete(id);
  }

  /** Say that no answer came to the person's message. */
  noteUnanswered(seq: number, again: () => void): HTMLElement {
    this.dropNote(seq);
    const row = this.failure(() => {
      row.remove();
      again();
    });
    this.notes.set(seq, row);
    const after = this.rows.get(seq);
    if (after) after.after(row);
    else this.list.append(row);
    return row;
  }

  dropNote(seq: number | undefined): void {
    if (seq === undefined) return;
    this.notes.get(seq)?.remove();
    this.notes.delete(seq);
  }

  /** Quick replies before this number are used; `said` is what the person chose. */
  spendBefore(seq: number, saidAfter: (seq: number) => string | undefined): void {
    for (const [at, row] of this.rows) {
      if (at >= seq) continue;
      for (const replies of row.querySelectorAll(".replies")) spend(replies, saidAfter(at));
    }
  }

  /** Put away the cards before this number, and bring the others back. */
  withdrawBefore(seq: number): void {
    for (const [at, row] of this.rows) {
      for (const card of row.querySelectorAll<HTMLElement>(".card")) withdraw(card, at < seq);
    }
  }

  /** The words of a warning that the banner shows whole are not shown a second time below it. */
  foldWarnings(isShownAbove: boolean): void {
    for (const row of this.rows.values()) {
      const words = row.querySelector<HTMLDetailsElement>(".warning");
      if (!words || row.hasAttribute("data-above") === isShownAbove) continue;
      set(row, "data-above", isShownAbove);
      words.open = !isShownAbove;
    }
  }

  clear(): void {
    this.list.replaceChildren();
    this.rows.clear();
    this.pending.clear();
    this.notes.clear();
    this.reliefs.clear();
  }

  /** Make a row of the conversation. */
  bubble(from: "person" | "assistant", name: string, at?: string): HTMLElement {
    const when = at ? h("time", { class: "when", datetime: at }, this.timeOf(at)) : null;
    return h(
      "article",
      { class: `message ${from}`, tabindex: -1, "aria-label": name },
      h("div", { class: "bubble" }),
      when,
    );
  }

  private person(entry: PersonEntry): HTMLElement {
    const waiting = this.pending.get(entry.id);
    this.pending.delete(entry.id);
    if (waiting) {
      delete waiting.dataset.state;
      waiting.querySelector(".delivery")?.remove();
      waiting.append(h("time", { class: "when", datetime: entry.at }, this.timeOf(entry.at)));
      return waiting;
    }
    const row = this.bubble("person", this.words.you, entry.at);
    row.querySelector(".bubble")!.append(said(shortened(this.wordsFor(entry.text))));
    return row;
  }

  private told(entry: Exclude<Entry, PersonEntry>): HTMLElement {
    if (entry.from === "system") {
      const text = entry.kind === "divider" ? this.words.divider : this.words.erase.done;
      return h("p", { class: "divider" }, h("span", {}, text));
    }
    if (isEmpty(entry)) return this.failure(() => this.actions.again(entry));
    return this.assistant(entry);
  }

  private assistant(entry: AssistantEntry): HTMLElement {
    const { message } = entry;
    const reply = replyOf(message);
    const row = this.bubble("assistant", this.words.assistant, entry.at);
    row.dataset.kind = reply.kind ?? "answer";
    if (reply.tier) row.dataset.tier = reply.tier;
    const bubble = row.querySelector(".bubble")!;
    const { body, guidance } = parts(message.text ?? reply.written ?? "", reply.guidance?.written);
    const isFlag = reply.kind === "red_flag";
    const { card } = reply;
    if (isStep(card)) bubble.append(...this.step(body, card));
    else if (isFlag) {
      const above = h("summary", {}, this.words.alarm.above);
      bubble.append(h("details", { class: "warning", open: true }, above, ...this.answer(body, false)));
    } else if (!card || isEnd(card)) {
      bubble.append(...this.answer(body, reply.kind !== "failure"));
    } else bubble.append(...this.withCard(body, card));
    if (isEnd(reply.card)) bubble.append(this.end(reply.card, entry));
    if (guidance) bubble.append(h("p", { class: "guidance", lang: "en", dir: "auto" }, guidance));
    const replies = this.repliesOf(entry);
    if (replies.length) {
      row.append(
        quickReplies(replies, this.words.replies, (each) => this.actions.say(each.payload)),
      );
    }
    row.append(...this.tools(entry, [body, guidance].filter(Boolean).join("\n\n")));
    return row;
  }

  private repliesOf(entry: AssistantEntry): QuickReply[] {
    const reply = replyOf(entry.message);
    // The steps of a session have their buttons on the stage, a reminder has them on its card.
    if (isStep(reply.card) || reply.card?.type === "reminder") return [];
    const replies = (entry.message.buttons ?? []).filter((each) => each?.title && each?.payload);
    if (reply.kind === "failure" && RETRIED.includes(reply.key ?? "")) {
      const asked = this.askedBefore(entry);
      if (asked) replies.push({ title: this.words.empty.again, payload: asked });
    }
    return replies;
  }

  /** An answer with its card. What the card shows is not said again above or below it. */
  private withCard(body: string, card: Card): HTMLElement[] {
    const told = this.text(body);
    const { look, before, after } = isOfPoints(card)
      ? split([...told.children], { ...card })
      : { look: "lead" as const, before: [...told.children], after: [] };
    const said = plain(body);
    const rest = look === "lead" && after.length ? this.text("") : undefined;
    rest?.append(...after);
    const view = cardView(card, {
      words: this.words,
      server: this.server,
      sights: this.sights,
      look,
      said,
      inWords: rest,
      say: (text) => this.actions.say(text),
      enlarge: this.actions.enlarge && {
        title: this.words.card.enlarge,
        run: (opener) => this.actions.enlarge!(opener),
      },
      isSoundOn: this.actions.isSoundOn,
      notifications: this.actions.notifications,
    });
    if (!view) return this.answer(body, true);
    // Of several points the cautions stand above the cards: each card can be pressed from.
    const first = this.text("");
    first.append(...before, ...(look === "lead" ? [] : after));
    const button = fold(first, this.words);
    return [first.childElementCount ? first : null, button, view].filter((each) => each !== null);
  }

  private text(body: string): HTMLElement {
    return h(
      "div",
      { class: "text", lang: "en", dir: "auto" },
      markdown(body, this.words.opensElsewhere, this.server),
    );
  }

  private answer(body: string, mayFold: boolean): HTMLElement[] {
    const text = this.text(body);
    const button = mayFold ? fold(text, this.words) : null;
    return button ? [text, button] : [text];
  }

  /** A step's words stand on the stage while it is the present one; here they can be read again. */
  private step(body: string, card: StepCard): HTMLElement[] {
    const at = body.indexOf(card.text);
    if (at < 0) return this.answer(body, false);
    const before = body.slice(0, at).trim();
    const after = body.slice(at + card.text.length).trim();
    const text = this.text(before);
    text.append(
      h(
        "details",
        {},
        h("summary", {}, this.words.session.readAgain),
        h("div", {}, markdown(card.text, this.words.opensElsewhere)),
      ),
      markdown(after, this.words.opensElsewhere),
    );
    return [text];
  }

  private end(card: EndCard, { seq, at }: AssistantEntry): HTMLElement {
    const { session } = this.words;
    const { pain_before: before, pain_after: after } = card;
    const isTold = before !== undefined && after !== undefined;
    if (isTold) this.reliefs.set(seq, { at, before, after });
    const until = [...this.reliefs].filter(([each]) => each <= seq).map(([, relief]) => relief);
    return h(
      "div",
      { class: "session-end" },
      h("strong", {}, session.ended[card.ended] ?? session.ended.done!),
      card.points.length ? h("span", {}, card.points.join(", ")) : null,
      isTold ? h("span", {}, session.painChange(before, after)) : null,
      isTold ? painChart(until, this.lang, this.words) : null,
    );
  }

  private failure(again: () => void): HTMLElement {
    const { empty } = this.words;
    const row = this.bubble("assistant", this.words.assistant);
    row.dataset.kind = "failure";
    row
      .querySelector(".bubble")!
      .append(
        h("div", { class: "text" }, h("p", {}, empty.text)),
        h("p", { class: "guidance" }, empty.guidance),
      );
    row.append(
      h(
        "div",
        { class: "replies" },
        h("button", { type: "button", class: "chip", onclick: once(again) }, empty.again),
      ),
    );
    return row;
  }

  private tools(entry: AssistantEntry, text: string): HTMLElement[] {
    const { actions } = this.words;
    const result = h("span", { class: "result", role: "status" });
    const copy = this.tool(ICONS.copy, actions.copy, async () => {
      result.textContent = (await copied(plain(text))) ? actions.copied : actions.copyFailed;
      window.setTimeout(() => (result.textContent = ""), 3_000);
    });
    const time = this.tool(ICONS.clock, actions.time, () => {
      const isShown = time.closest(".message")!.classList.toggle("timed");
      time.setAttribute("aria-pressed", String(isShown));
    });
    time.setAttribute("aria-pressed", "false");
    const vote = feedback(
      this.words,
      (v, reason) => this.actions.vote(entry.seq, v, reason),
      entry.feedback ?? null,
    );
    const listen = this.tool(ICONS.sound, this.words.voice.listen, () => this.actions.read(entry));
    listen.classList.add("listen");
    return [
      h(
        "div",
        { class: "tools", role: "group", "aria-label": actions.label },
        listen,
        copy,
        ...vote.buttons,
        time,
        result,
      ),
      vote.place,
    ];
  }

  private tool(path: string, label: string, onclick: () => unknown): HTMLButtonElement {
    return h(
      "button",
      { type: "button", class: "tool", "aria-label": label, title: label, onclick },
      icon(path),
    );
  }

  private delivery(item: Outgoing, state: Sending, why?: string): HTMLElement {
    const { message } = this.words;
    const text = state === "failed" ? `${message.failed}. ${why ?? ""}` : message[state];
    return h(
      "div",
      { class: "delivery", role: state === "failed" ? "status" : null },
      h("span", {}, text),
      state === "failed" &&
        h(
          "button",
          { type: "button", class: "link", onclick: () => this.actions.edit(item) },
          message.edit,
        ),
      state === "failed" &&
        !why &&
        h(
          "button",
          { type: "button", class: "link", onclick: () => this.actions.retry(item) },
          message.retry,
        ),
    );
  }

  private place(row: HTMLElement, seq: number): void {
    const later = [...this.rows.keys()].filter((each) => each > seq).sort((a, b) => a - b)[0];
    const next = later === undefined ? [...this.pending.values()][0] : this.rows.get(later);
    if (next && next !== row) this.list.insertBefore(row, next);
    else if (row.parentElement !== this.list || row.nextElementSibling) this.list.append(row);
  }

  /** A new day is told above the first message of it. */
  private markDay(row: HTMLElement, at: string): void {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return;
    row.dataset.on = date.toDateString();
    const before = row.previousElementSibling as HTMLElement | null;
    const known = before?.dataset.on ?? new Date().toDateString();
    if (known === row.dataset.on) return;
    row.dataset.day = new Intl.DateTimeFormat(this.lang, { dateStyle: "full" }).format(date);
  }

  private timeOf(at: string): string {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return "";
    const isToday = date.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(
      this.lang,
      isToday
        ? { hour: "numeric", minute: "2-digit" }
        : { dateStyle: "medium", timeStyle: "short" },
    ).format(date);
  }
}

const MOST_SHOWN = 1_500;
/** Failures that may go well at the next try; the others have told what else to say. */
const RETRIED = ["say:action_failed", "say:slow", "say:starting"];

/** The words of the assistant and, apart from them, the guidance it always carries. */
export function parts(text: string, guidance?: string): { body: string; guidance: string } {
  const trimmed = text.trim();
  if (!guidance) return { body: trimmed, guidance: "" };
  const tail = `_${guidance}_`;
  if (trimmed.endsWith(tail)) return { body: trimmed.slice(0, -tail.length).trim(), guidance };
  return { body: trimmed, guidance: trimmed.includes(guidance) ? "" : guidance };
}

/** A listener that does nothing once its button is used. */
const once =
  (act: () => void) =>
  (event: Event): void => {
    const button = event.currentTarget as HTMLElement;
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    act();
  };

/** A huge paste need not be drawn to be sent. */
const shortened = (text: string): string =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} …` : text;

const said = (text: string): HTMLElement => h("p", { class: "said", dir: "auto" }, text);

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
