/** The shapes that travel between the widget and the web door (docs/widget.md). */

import type {
  Card,
  Message,
  RedFlagCard,
  ReplyParts,
  SessionEndCard,
  SessionStepCard,
} from "./messages";

export type {
  Button as QuickReply,
  Card,
  Message,
  RedFlagCard,
  ReplyParts,
  SessionEndCard as EndCard,
  SessionStepCard as StepCard,
} from "./messages";

/** A control of a step, or an answer to tap that takes the place of one. */
export interface Control {
  id: string;
  title: string;
  say: string;
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

export const isStep = (card: Card | undefined): card is SessionStepCard => card?.type === "session_step";

export const isEnd = (card: Card | undefined): card is SessionEndCard => card?.type === "session_end";

export const isRedFlag = (card: Card | undefined): card is RedFlagCard => card?.type === "red_flag";
