/** Watches whether a question is answered: when it takes long, and when no answer will come. */

export interface Watcher {
  /** It takes longer than a person expects. */
  slow(seq: number): void;
  /** No answer came. */
  unanswered(seq: number): void;
  /** Answered, or given up. */
  over(): void;
}

export const SLOW_MS = 3_000;
export const LOST_MS = 25_000;
const AFTER_TYPING_MS = 2_500;

export class Patience {
  private seq: number | null = null;
  private timers: number[] = [];
  private afterTyping = 0;

  constructor(private readonly watcher: Watcher) {}

  get waitsFor(): number | null {
    return this.seq;
  }

  /** The server has the question; wait for its answer. */
  expect(seq: number): void {
    if (this.seq === seq) return;
    this.stop();
    this.seq = seq;
    this.timers = [
      window.setTimeout(() => this.watcher.slow(seq), SLOW_MS),
      window.setTimeout(() => this.lost(seq), LOST_MS),
    ];
  }

  /** The server stopped writing: an answer that is not there soon will not come. */
  typed(): void {
    const seq = this.seq;
    if (seq === null) return;
    clearTimeout(this.afterTyping);
    this.afterTyping = window.setTimeout(() => this.lost(seq), AFTER_TYPING_MS);
  }

  /** An answer came. */
  answered(): void {
    if (this.seq === null) return;
    this.stop();
    this.watcher.over();
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    clearTimeout(this.afterTyping);
    this.timers = [];
    this.seq = null;
  }

  private lost(seq: number): void {
    this.stop();
    this.watcher.over();
    this.watcher.unanswered(seq);
  }
}
