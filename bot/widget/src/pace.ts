/** How long a step stands before a session goes on by itself. Pure. */

import type { StepCard } from "./contract";

/** What must be answered or read at one's own speed: the session waits. */
const WAITING = ["consent", "warning"];
/** To look, to move, and to read: seconds before the first word, words a second, least and most. */
const SETTLE = 5;
const WORDS_A_SECOND = 2.2;
const LEAST = 12;
const MOST = 45;
/** To tell how strong the pain is. */
const SCALE = 20;
/** After a hold: to let go slowly. */
export const LET_GO = 3;

/** The seconds of a step, with `isTimed` where they are the step's own; null where it waits. */
export function paceOf(card: StepCard): { seconds: number; isTimed: boolean } | null {
  if (card.seconds) return { seconds: card.seconds, isTimed: true };
  if (WAITING.includes(card.part) || card.step === 0) return null;
  if (card.pain) return { seconds: SCALE, isTimed: false };
  const words = card.text.split(/\s+/).length;
  const reading = Math.ceil(SETTLE + words / WORDS_A_SECOND);
  return { seconds: Math.min(MOST, Math.max(LEAST, reading)), isTimed: false };
}
