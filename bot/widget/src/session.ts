/** The session: a token that the server issues, renews and checks. The client never invents one. */

import type { Refusal } from "./contract";
import type { Drawer } from "./storage";

const KEY = "token";

/** The server could not be asked, or refused. */
export class SessionError extends Error {
  constructor(readonly refusal: Refusal | null) {
    super(refusal?.code ?? "unreachable");
  }
}

export interface Opened {
  token: string;
  /** An old conversation could not be opened any more. */
  isReplacement: boolean;
}

export class Session {
  private pending: Promise<Opened> | null = null;

  constructor(
    private readonly server: string,
    private readonly drawer: Drawer,
    private readonly fetcher: typeof fetch = (...a) => fetch(...a),
  ) {}

  /** The token in the drawer; another tab may have renewed it. */
  get token(): string | null {
    return this.drawer.get(KEY);
  }

  /** The token there is, or a new session. */
  async open(): Promise<Opened> {
    const token = this.token;
    return token ? { token, isReplacement: false } : this.ask(null);
  }

  /** A fresh token for the same conversation; a new conversation where the old one is refused. */
  renew(): Promise<Opened> {
    return this.ask(this.token);
  }

  /** A new session, whatever there was. */
  async replace(): Promise<Opened> {
    this.forget();
    return { ...(await this.ask(null)), isReplacement: true };
  }

  /** The server gave a new token for the same conversation. */
  keep(token: string): void {
    this.drawer.set(KEY, token);
  }

  forget(): void {
    this.drawer.remove(KEY);
  }

  private ask(old: string | null): Promise<Opened> {
    this.pending ??= this.request(old).finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async request(old: string | null): Promise<Opened> {
    const answer = await this.post(old);
    if (answer.status === 401 && old) {
      this.forget();
      return { ...(await this.request(null)), isReplacement: true };
    }
    const body = (await answer.json().catch(() => null)) as {
      token?: string;
      error?: Refusal;
    } | null;
    if (!answer.ok || typeof body?.token !== "string") {
      throw new SessionError(body?.error ?? (answer.status === 403 ? FORBIDDEN : null));
    }
    this.drawer.set(KEY, body.token);
    return { token: body.token, isReplacement: false };
  }

  private async post(old: string | null): Promise<Response> {
    try {
      return await this.fetcher(`${this.server}/widget/session`, {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        headers: old ? { Authorization: `Bearer ${old}` } : {},
        signal: AbortSignal.timeout(10_000),
      });
    } catch {
      throw new SessionError((await this.isTurnedAway()) ? FORBIDDEN : null);
    }
  }

  /**
   * A browser hides from a page that its site was refused: it looks like a server that is gone.
   * But the script, which any site may load, is still to be had then.
   */
  private async isTurnedAway(): Promise<boolean> {
    if (this.server === location.origin || !navigator.onLine) return false;
    try {
      const answer = await this.fetcher(`${this.server}/widget.js`, {
        credentials: "omit",
        cache: "no-store",
      });
      return answer.ok;
    } catch {
      return false;
    }
  }
}

const FORBIDDEN: Refusal = { code: "origin_not_allowed" };
