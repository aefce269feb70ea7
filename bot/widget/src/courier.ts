/** Carries messages from the outbox to the server: in their order, each until it is confirmed. */

import type { Ack, Refusal } from "./contract";
import type { Outbox, Outgoing } from "./outbox";

export interface Road {
  readonly isConnected: boolean;
  ask<T>(event: string, body: object): Promise<Ack<T> | null>;
}

export interface Report {
  sending(item: Outgoing): void;
  /** The server has it, under this number. */
  delivered(item: Outgoing, seq: number): void;
  /** It will not be taken as it is. */
  rejected(item: Outgoing, refusal: Refusal): void;
  limited(seconds: number): void;
  /** The server could not store it now, and says this meanwhile. */
  troubled(item: Outgoing, text: string): void;
}

/**
 * More than this is never sent: the server would close the line. What is shorter and still too long
 * is for the server to refuse, since it looks for warning signs first.
 */
export const MOST_CHARACTERS = 200_000;
const TRIES = 3;
const PAUSE_MS = 1_500;

export class Courier {
  private isRunning = false;
  private timer = 0;
  /** The server asked to wait until then. */
  private notBefore = 0;
  private readonly errors = new Map<string, number>();

  constructor(
    private readonly outbox: Outbox,
    private readonly road: Road,
    private readonly report: Report,
    private readonly metadata: () => object,
  ) {}

  /** Send what waits, if there is a line. */
  async run(): Promise<void> {
    if (this.isRunning) return;
    const wait = this.notBefore - Date.now();
    if (wait > 0) {
      this.later(wait);
      return;
    }
    this.isRunning = true;
    clearTimeout(this.timer);
    try {
      while (this.road.isConnected) {
        const [item] = this.outbox.all();
        if (!item || !(await this.carry(item))) break;
      }
    } finally {
      this.isRunning = false;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Whether the next one may follow. */
  private async carry(item: Outgoing): Promise<boolean> {
    if (item.text.length > MOST_CHARACTERS) return this.reject(item, { code: "too_large" });
    this.report.sending(item);
    const { id, text } = item;
    const answer = await this.road.ask<{ seq: number }>("message", {
      id,
      text,
      metadata: this.metadata(),
    });
    if (!answer) return this.later(PAUSE_MS);
    if (answer.ok) {
      this.outbox.remove(id);
      this.errors.delete(id);
      this.report.delivered(item, answer.seq);
      return true;
    }
    const { error } = answer;
    if (error.code === "rate_limited") {
      const seconds = Math.max(1, Math.ceil(error.retry_after ?? 5));
      this.report.limited(seconds);
      this.notBefore = Date.now() + seconds * 1000;
      return this.later(seconds * 1000);
    }
    if (error.code === "too_large" || error.code === "bad_request") return this.reject(item, error);
    if (error.text) this.report.troubled(item, error.text);
    const tries = (this.errors.get(id) ?? 0) + 1;
    this.errors.set(id, tries);
    const pause = error.retry_after ? error.retry_after * 1000 : PAUSE_MS * tries;
    return tries < TRIES ? this.later(pause) : this.reject(item, error);
  }

  private reject(item: Outgoing, refusal: Refusal): boolean {
    this.outbox.remove(item.id);
    this.errors.delete(item.id);
    this.report.rejected(item, refusal);
    return true;
  }

  private later(milliseconds: number): false {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.run(), milliseconds);
    return false;
  }
}
