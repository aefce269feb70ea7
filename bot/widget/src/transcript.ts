/** The conversation as the server told it. Pure: knows nothing of sockets or of the screen. */

import { replyOf } from "./contract";
import type { AssistantEntry, Entry, PersonEntry } from "./contract";

export class Transcript {
  private readonly bySeq = new Map<number, Entry>();
  private reached = 0;

  /** Up to here nothing is missing. */
  get last(): number {
    return this.reached;
  }

  /** All entries in their order. */
  get entries(): Entry[] {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  /**
   * Take an entry in.
   *
   * @returns what became of it: `new`, `known` already, `erased` if it empties the conversation,
   *   or `gap` if it is new and something before it is missing.
   */
  add(entry: Entry): "new" | "known" | "erased" | "gap" {
    if (this.bySeq.has(entry.seq)) return "known";
    if (entry.from === "system" && entry.kind === "erased") {
      if (entry.seq < this.reached) return "known";
      this.clear();
      this.bySeq.set(entry.seq, entry);
      this.reached = entry.seq;
      return "erased";
    }
    this.bySeq.set(entry.seq, entry);
    const isNext = entry.seq === this.reached + 1;
    while (this.bySeq.has(this.reached + 1)) this.reached += 1;
    return isNext || entry.seq <= this.reached ? "new" : "gap";
  }

  /** The server has told everything up to this number: what is missing before it does not exist. */
  settle(upTo: number): void {
    this.reached = Math.max(this.reached, upTo);
    while (this.bySeq.has(this.reached + 1)) this.reached += 1;
  }

  /** Something after this is known, and something before that is missing. */
  get hasGap(): boolean {
    return Math.max(0, ...this.bySeq.keys()) > this.reached;
  }

  clear(): void {
    this.bySeq.clear();
    this.reached = 0;
  }

  /** The person's message with this id, if the server has it. */
  person(id: string): PersonEntry | undefined {
    return this.entries.find((e): e is PersonEntry => e.from === "person" && e.id === id);
  }

  /** The person's last message, if nothing answers it yet. */
  unanswered(): PersonEntry | undefined {
    const entries = this.entries;
    const last = entries.filter((e): e is PersonEntry => e.from === "person").at(-1);
    if (!last) return undefined;
    const isOver = entries.some(
      (e) =>
        e.seq > last.seq &&
        (e.from === "system" || (e.from === "assistant" && (e.answers ?? last.seq) === last.seq)),
    );
    return isOver ? undefined : last;
  }

  /** What the person said before this answer. */
  questionOf(answer: AssistantEntry): PersonEntry | undefined {
    const asked = answer.answers === undefined ? undefined : this.bySeq.get(answer.answers);
    if (asked?.from === "person") return asked;
    return this.entries
      .filter((e): e is PersonEntry => e.from === "person" && e.seq < answer.seq)
      .at(-1);
  }

  /** The words of the button that sends this text; the text itself where no button does. */
  wordsFor(text: string): string {
    if (!text.startsWith("/")) return text;
    for (const entry of this.bySeq.values()) {
      if (entry.from !== "assistant") continue;
      const button = entry.message.buttons?.find((each) => each.payload === text);
      if (button) return button.title;
    }
    return text;
  }
}

/** Whether the server sent nothing that a person could read or see. */
export function isEmpty(entry: AssistantEntry): boolean {
  const message = entry.message ?? {};
  const reply = replyOf(message);
  return !(message.text?.trim() || reply.written?.trim() || reply.card);
}
