/** Voice on the server: a recording into words, an answer into sound. */

import type { Refusal } from "../contract";
import type { Session } from "../session";

const HEAR_MS = 45_000;
const SAY_MS = 25_000;

export interface Heard {
  text: string;
  is_clear: boolean;
  is_cut: boolean;
  /** There is a warning sign in it; `is_sent`: the server took it as said already. */
  is_urgent: boolean;
  is_sent: boolean;
}

/** The server could not be asked, or refused. */
export class VoiceRefused extends Error {
  constructor(readonly refusal: Refusal | null) {
    super(refusal?.code ?? "unreachable");
  }
}

export class VoiceLine {
  constructor(
    private readonly server: string,
    private readonly session: Session,
    private readonly fetcher: typeof fetch = (...a) => fetch(...a),
  ) {}

  /** @param id the message's, should it be taken as said at once. */
  async hear(recording: Blob, id: string, about: Record<string, string>): Promise<Heard> {
    const query = new URLSearchParams({ id, ...about });
    const answer = await this.post(`hear?${query}`, recording, recording.type, HEAR_MS);
    return (await answer.json()) as Heard;
  }

  /** The sound of one of the session's own answers. */
  async say(seq: number): Promise<ArrayBuffer> {
    const answer = await this.post("say", JSON.stringify({ seq }), "application/json", SAY_MS);
    return answer.arrayBuffer();
  }

  private async post(path: string, body: BodyInit, type: string, ms: number): Promise<Response> {
    let answer = await this.ask(path, body, type, ms);
    if (answer.status === 401) {
      await this.session.renew().catch(() => undefined);
      answer = await this.ask(path, body, type, ms);
    }
    if (answer.ok) return answer;
    const told = (await answer.json().catch(() => null)) as { error?: Refusal } | null;
    throw new VoiceRefused(typeof told?.error === "object" ? told.error : null);
  }

  private async ask(path: string, body: BodyInit, type: string, ms: number): Promise<Response> {
    try {
      return await this.fetcher(`${this.server}/widget/voice/${path}`, {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        headers: { Authorization: `Bearer ${this.session.token ?? ""}`, "Content-Type": type },
        body,
        signal: AbortSignal.timeout(ms),
      });
    } catch {
      throw new VoiceRefused(null);
    }
  }
}
