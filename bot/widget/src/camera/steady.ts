/** Keeps what is shown from trembling. Pure; time is told in milliseconds. */

import type { Hand, Spot } from "./geometry";

/** A still hand's dot hardly moves, a moving hand's dot keeps up. */
const SLOW = 0.25;
/** A move of this many radii in a frame is followed at once. */
const FAST = 1.5;
/** A hand that was gone this long is a new one. */
const FORGET = 600;

/** Smooths one spot. */
export class Smoother {
  private last: (Spot & { at: number }) | null = null;

  /** @returns the spot to draw. */
  next(spot: Spot, at: number): Spot {
    const before = this.last && at - this.last.at < FORGET ? this.last : null;
    let shown = spot;
    if (before) {
      const moved = Math.hypot(spot.x - before.x, spot.y - before.y) / spot.radius;
      const share = Math.min(1, SLOW + (1 - SLOW) * Math.min(1, moved / FAST));
      shown = {
        x: before.x + (spot.x - before.x) * share,
        y: before.y + (spot.y - before.y) * share,
        radius: before.radius + (spot.radius - before.radius) * SLOW,
      };
    }
    this.last = { ...shown, at };
    return shown;
  }

  clear(): void {
    this.last = null;
  }
}

/** How much one look counts against those before it. */
const SHARE = 0.2;
const ENOUGH = 0.25;

/** Which hand it is, by many looks: one look may be wrong. */
export class HandVote {
  private sum = 0;
  private shown: Hand | null = null;

  next(hand: Hand, score: number): Hand {
    const vote = (hand === "right" ? 1 : -1) * score;
    this.sum = this.shown ? this.sum * (1 - SHARE) + vote * SHARE : vote;
    if (!this.shown || Math.abs(this.sum) >= ENOUGH) this.shown = this.sum > 0 ? "right" : "left";
    return this.shown;
  }

  clear(): void {
    this.sum = 0;
    this.shown = null;
  }
}

/** A state is told once it has held this long, so that a screen reader is not flooded. */
const HELD = 700;

/** Lets a state through when it has held for a while. */
export class Settled<T> {
  private told: T | null = null;
  private coming: { state: T; since: number } | null = null;

  /** @returns the state, when it is a new one that has held; else null. */
  next(state: T, at: number): T | null {
    if (state === this.told) {
      this.coming = null;
      return null;
    }
    if (this.coming?.state !== state) this.coming = { state, since: at };
    if (at - this.coming.since < HELD) return null;
    this.told = state;
    this.coming = null;
    return state;
  }

  clear(): void {
    this.told = this.coming = null;
  }
}
