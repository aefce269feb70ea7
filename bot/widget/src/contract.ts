/** The shapes that travel between the widget and the web door (docs/widget.md). */

export interface QuickReply {
  title: string;
  payload: string;
}

export interface Call {
  country: string;
  number: string;
}

/** `custom.reply`: the parts of an answer. */
export interface ReplyParts {
  kind?: "answer" | "failure" | "red_flag";
  key?: string;
  tier?: "emergency" | "urgent" | "doctor_soon" | "persistent";
  about?: string;
  written?: string;
  spoken?: string;
  guidance?: { written: string; spoken?: string };
  card?: Card;
  call?: Call;
}

export interface Message {
  text?: string;
  buttons?: QuickReply[];
  custom?: { reply?: ReplyParts };
  attachment?: unknown;
}

interface Stored {
  seq: number;
  at: string;
}

export interface PersonEntry extends Stored {
  from: "person";
  id: string;
  text: string;
}

export interface AssistantEntry extends Stored {
  from: "assistant";
  answers?: number;
  message: Message;
  feedback?: Vote | null;
}

export interface SystemEntry extends Stored {
  from: "system";
  kind: "divider" | "erased";
}

export type Entry = PersonEntry | AssistantEntry | SystemEntry;

export type Vote = "up" | "down";

export interface Control {
  id: string;
  title: string;
  say: string;
}

/** A step of a guided session (docs/cards.md). */
export interface StepCard {
  type: "session_step";
  status: "running" | "paused" | "interrupted";
  id: string;
  part: string;
  step: number;
  of: number;
  title: string;
  text: string;
  seconds?: number;
  seconds_left: number;
  pain?: { when: "before" | "after"; least: number; most: number };
  picture?: unknown;
  on_body?: unknown;
  controls: Control[];
}

export interface EndCard {
  type: "session_end";
  ended: string;
  points: string[];
  pain_before?: number;
  pain_after?: number;
}

/** A warning sign: the most important action first. */
export interface RedFlagCard {
  type: "red_flag";
  action: string;
  why?: string;
  steps: string[];
  note?: string;
}

/** Any other card: what it holds is read generically (view/cards.ts). */
export interface OtherCard {
  type: string;
  [field: string]: unknown;
}

export type Card = StepCard | EndCard | RedFlagCard | OtherCard;

export interface Refusal {
  code:
    | "session_expired"
    | "session_invalid"
    | "origin_not_allowed"
    | "rate_limited"
    | "too_large"
    | "bad_request"
    | "server_error"
    | string;
  text?: string;
  retry_after?: number;
}

export type Ack<T = object> = ({ ok: true } & T) | { ok: false; error: Refusal };

export const replyOf = (message: Message): ReplyParts => message.custom?.reply ?? {};

export const isStep = (card: Card | undefined): card is StepCard => card?.type === "session_step";

export const isEnd = (card: Card | undefined): card is EndCard => card?.type === "session_end";

export const isRedFlag = (card: Card | undefined): card is RedFlagCard => card?.type === "red_flag";
