/** Which warning stands, read off the conversation. Pure. */

import { replyOf } from "./contract";
import type { AssistantEntry, Entry, ReplyParts } from "./contract";

type Tier = NonNullable<ReplyParts["tier"]>;

export interface Alarm {
  entry: AssistantEntry;
  tier: Tier;
  /** Cards that tell how to press are put away. */
  isWithdrawing: boolean;
  /** Something else was said since: the banner shrinks, but for emergencies. */
  isOlder: boolean;
}

const LIFTING = ["topic:deny_red_flags", "topic:been_checked"];
const RANK: Record<Tier, number> = { persistent: 1, doctor_soon: 2, urgent: 3, emergency: 4 };

/**
 * The warning that stands.
 *
 * An emergency stands until the person was misunderstood or has been checked. The server repeats
 * it meanwhile, so what else it says does not lift it. Long-lasting pain is told once.
 */
export function standing(entries: readonly Entry[]): Alarm | null {
  let alarm: Alarm | null = null;
  for (const entry of entries) {
    if (entry.from === "system") alarm = null;
    else if (entry.from === "person") {
      alarm = aged(alarm);
    } else alarm = after(alarm, entry);
  }
  return alarm;
}

/** The person went on talking. */
function aged(alarm: Alarm | null): Alarm | null {
  return alarm && alarm.tier !== "persistent" ? { ...alarm, isOlder: true } : null;
}

function after(alarm: Alarm | null, entry: AssistantEntry): Alarm | null {
  const reply = replyOf(entry.message);
  if (reply.kind !== "red_flag") return LIFTING.includes(reply.key ?? "") ? null : alarm;
  const tier = reply.tier ?? "emergency";
  if (alarm && RANK[tier] < RANK[alarm.tier]) return alarm;
  return { entry, tier, isWithdrawing: tier !== "persistent", isOlder: false };
}

/** Whether the whole banner is shown, or its first words alone. */
export const isShownWhole = (alarm: Alarm): boolean => alarm.tier === "emergency" || !alarm.isOlder;
