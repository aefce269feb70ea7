/** Which step of a guided session is the present one, read off the conversation. Pure. */

import { isEnd, isStep, replyOf } from "./contract";
import type { AssistantEntry, Entry, StepCard } from "./contract";

export interface Step {
  entry: AssistantEntry;
  card: StepCard;
}

/** The present step, and whether something else was talked about since it was told. */
export function presentStage(entries: readonly Entry[]): [Step | null, boolean] {
  const step = presentStep(entries);
  const last = entries.filter((entry) => entry.from === "assistant").at(-1);
  return [step, step !== null && last !== step.entry];
}

/** The present step; null where no session runs, or a warning sign ended or interrupted it. */
export function presentStep(entries: readonly Entry[]): Step | null {
  let step: Step | null = null;
  for (const entry of entries) {
    if (entry.from === "system") step = null;
    if (entry.from !== "assistant") continue;
    const reply = replyOf(entry.message);
    if (reply.kind === "red_flag" || isEnd(reply.card)) step = null;
    else if (isStep(reply.card)) step = { entry, card: reply.card };
  }
  return step;
}
