/** The assistant's messages. Made of bot/messages and the cards by `acupoint docs`. */

/** Any other card: what it holds is read generically (view/cards.ts). */
export interface OtherCard {
  type: string;
  [field: string]: unknown;
}

export type Card = RedFlagCard | SessionStepCard | SessionEndCard | OtherCard;

export interface Button {
  title: string;
  payload: string;
}

export interface Call {
  country: string;
  number: string;
}

export interface CardControl {
  id: "next" | "back" | "repeat" | "slower" | "faster" | "pause" | "resume" | "skip" | "stop" | "time_left" | "restart" | "lost";
  title: string;
  say: string;
}

export interface Custom {
  reply?: ReplyParts;
}

export interface GuidanceLine {
  written: string;
  spoken?: string;
}

export interface LocalCall {
  country: string;
  number: string;
}

export interface Message {
  text?: string;
  buttons?: Button[];
  custom?: Custom;
}

export interface PainScale {
  when: "before" | "after";
  least: 0;
  most: 10;
}

export interface Picture {
  address: string;
  alt: string;
  width: number;
  height: number;
  tones?: Record<string, string>;
}

export interface RedFlagCard {
  type: "red_flag";
  version: 1;
  tier: "persistent" | "doctor_soon" | "urgent" | "emergency";
  about?: string;
  action: string;
  why?: string;
  steps: string[];
  note?: string;
  call?: Call;
}

export interface ReplyParts {
  version?: number;
  kind?: "answer" | "failure" | "red_flag";
  key?: string;
  tier?: "persistent" | "doctor_soon" | "urgent" | "emergency";
  about?: "self_harm" | "standing" | "known" | "open";
  written?: string;
  spoken?: string;
  guidance?: GuidanceLine;
  card?: Card;
  pace?: "slow";
  call?: LocalCall;
  doubted?: string;
  told_on?: string;
  id?: string;
}

export interface SessionEndCard {
  type: "session_end";
  kind: "session_end";
  version: 1;
  ended: "done" | "stopped" | "refused" | "worse" | "feeling" | "sign" | "withheld";
  points: string[];
  tool?: string;
  pain_before?: number;
  pain_after?: number;
}

export interface SessionStepCard {
  type: "session_step";
  kind: "session_step";
  version: 1;
  guide: "points" | "method";
  status: "running" | "paused" | "interrupted";
  id: string;
  part: "consent" | "pain_before" | "prepare" | "breathe" | "find" | "hold" | "rest" | "warning" | "method" | "pain_after";
  step: number;
  of: number;
  title: string;
  text: string;
  spoken: string;
  point?: string;
  name?: string;
  side?: "left" | "right" | "both";
  tool?: string;
  seconds?: number;
  seconds_left: number;
  pain?: PainScale;
  controls: CardControl[];
  picture?: Picture;
  on_body?: Picture;
}
