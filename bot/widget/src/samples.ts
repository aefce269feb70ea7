/** Entries as the server sends them, for tests. */
import type { AssistantEntry, PersonEntry, ReplyParts, StepCard, SystemEntry } from "./contract";

const at = "2026-01-02T10:00:00.000Z";

export const person = (seq: number, text = "hello", id = `id-${seq}`): PersonEntry => ({
  seq,
  at,
  from: "person",
  id,
  text,
});

export const assistant = (
  seq: number,
  reply: ReplyParts = {},
  text = "An answer.",
): AssistantEntry => ({
  seq,
  at,
  from: "assistant",
  answers: seq - 1,
  message: { text, custom: { reply: { kind: "answer", ...reply } } },
});

export const flag = (seq: number, tier: ReplyParts["tier"]): AssistantEntry =>
  assistant(seq, { kind: "red_flag", tier }, "**Get help.** Now.");

export const system = (seq: number, kind: SystemEntry["kind"]): SystemEntry => ({
  seq,
  at,
  from: "system",
  kind,
});

export const step = (changes: Partial<StepCard> = {}): StepCard => ({
  type: "session_step",
  kind: "session_step",
  version: 1,
  guide: "points",
  status: "running",
  id: "LI4:left",
  part: "hold",
  step: 8,
  of: 15,
  title: "Press LI4",
  text: "Press **gently**.",
  spoken: "Press gently.",
  seconds: 30,
  seconds_left: 190,
  controls: [
    { id: "next", title: "Next", say: "Next" },
    { id: "pause", title: "Pause", say: "Pause" },
    { id: "stop", title: "Stop", say: "Stop" },
    { id: "slower", title: "Slower", say: "Slower" },
  ],
  ...changes,
});
