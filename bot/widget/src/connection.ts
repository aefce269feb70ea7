/** The line to the assistant: connects, comes back, renews the session, and says how it stands. */

import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";

import type { Ack, Entry, Refusal } from "./contract";
import type { Opened, Session } from "./session";
import { SessionError } from "./session";

export type LineState =
  | "connecting"
  | "starting"
  | "online"
  | "offline"
  | "reconnecting"
  | "gone"
  | "refused";

export interface Listener {
  state(state: LineState): void;
  /** Connected, with this session: ask for what was missed. */
  connected(): void;
  entry(entry: Entry): void;
  typing(isOn: boolean): void;
  /** The old conversation could not be opened; a new one begins. */
  replaced(): void;
  /** The server asks to wait. */
  limited(seconds: number): void;
  /** What is kept of what is said here, for the welcome. */
  notice?(text: string): void;
}

const ACK_MS = 10_000;
const GONE_MS = 8_000;
const STATUS_MS = 1_500;
const RETRY_MS = 5_000;

export class Connection {
  private socket: Socket | null = null;
  private state: LineState | null = null;
  private wasOnline = false;
  private goneTimer = 0;
  private retryTimer = 0;
  private statusTimer = 0;
  private isStopped = true;

  constructor(
    private readonly server: string,
    private readonly session: Session,
    private readonly listener: Listener,
  ) {}

  get isConnected(): boolean {
    return this.socket?.connected ?? false;
  }

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    window.addEventListener("online", this.cameBack);
    window.addEventListener("offline", this.wentOff);
    this.tell(navigator.onLine ? "connecting" : "offline");
    this.expectWithin();
    void this.open(() => this.session.open());
  }

  stop(): void {
    this.isStopped = true;
    window.removeEventListener("online", this.cameBack);
    window.removeEventListener("offline", this.wentOff);
    for (const timer of [this.goneTimer, this.retryTimer, this.statusTimer]) clearTimeout(timer);
    this.goneTimer = 0;
    this.socket?.disconnect();
    this.socket = null;
    this.state = null;
  }

  /** Try again at once. */
  retry(): void {
    if (this.isStopped || this.isConnected || this.state === "connecting") return;
    clearTimeout(this.retryTimer);
    this.tell(navigator.onLine ? (this.wasOnline ? "reconnecting" : "connecting") : "offline");
    this.expectWithin();
    if (this.socket) {
      this.socket.disconnect().connect();
    } else void this.open(() => this.session.open());
  }

  /**
   * Send an event and wait for its acknowledgement. An expired session is renewed and the event
   * sent once more.
   *
   * @returns the server's answer; null where there was none in time.
   */
  async ask<T>(event: string, body: object): Promise<Ack<T> | null> {
    const answer = await this.emit<T>(event, body);
    if (!answer || answer.ok || !isAboutSession(answer.error)) return answer;
    const opened = await this.freshSession(answer.error);
    if (!opened) return null;
    if (opened.isReplacement) {
      this.socket?.disconnect().connect();
      return null;
    }
    await this.emit("renew", { token: opened.token });
    return this.emit<T>(event, body);
  }

  private async emit<T>(event: string, body: object): Promise<Ack<T> | null> {
    if (!this.socket?.connected) return null;
    try {
      return (await this.socket.timeout(ACK_MS).emitWithAck(event, body)) as Ack<T>;
    } catch {
      return null;
    }
  }

  private async open(how: () => Promise<Opened>): Promise<void> {
    try {
      const opened = await how();
      if (this.isStopped) return;
      if (opened.isReplacement) this.listener.replaced();
      this.connect();
    } catch (error) {
      this.failed(error instanceof SessionError ? error.refusal : null);
    }
  }

  private connect(): void {
    if (this.socket) {
      this.socket.connect();
      return;
    }
    const socket = io(this.server, {
      // A proxy that does not let WebSockets through leaves polling.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 400,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
      forceNew: true,
      auth: (give) => give({ token: this.session.token }),
    });
    this.socket = socket;
    socket.on("connect", () => this.arrived());
    socket.on("disconnect", (reason) => {
      if (this.isStopped || reason === "io client disconnect") return;
      this.lost();
      if (reason === "io server disconnect") this.later();
    });
    socket.on("connect_error", (error) => {
      const refusal = (error as Error & { data?: Refusal }).data;
      if (refusal?.code) void this.turnedAway(refusal);
      else if (!socket.active) this.later();
      else this.lost();
    });
    socket.on("entry", (entry: Entry) => this.listener.entry(entry));
    // Everything was deleted: the old token opens nothing any more.
    socket.on("session", (fresh: { token: string }, taken?: () => void) => {
      this.session.keep(fresh.token);
      taken?.();
    });
    socket.on("typing", (typing: { on: boolean }) => this.listener.typing(Boolean(typing?.on)));
  }

  private arrived(): void {
    clearTimeout(this.goneTimer);
    this.goneTimer = 0;
    this.wasOnline = true;
    this.tell("online");
    this.listener.connected();
    void this.askStatus();
  }

  private lost(): void {
    this.tell(
      !navigator.onLine
        ? "offline"
        : this.state === "gone"
          ? "gone"
          : this.wasOnline
            ? "reconnecting"
            : "connecting",
    );
    this.expectWithin();
  }

  private async turnedAway(refusal: Refusal): Promise<void> {
    if (isAboutSession(refusal)) {
      const opened = await this.freshSession(refusal);
      if (opened && !this.isStopped) this.socket?.connect();
    } else this.failed(refusal);
  }

  private async freshSession(refusal: Refusal): Promise<Opened | null> {
    try {
      const opened = await (refusal.code === "session_expired"
        ? this.session.renew()
        : this.session.replace());
      if (opened.isReplacement) this.listener.replaced();
      return opened;
    } catch (error) {
      this.failed(error instanceof SessionError ? error.refusal : null);
      return null;
    }
  }

  private failed(refusal: Refusal | null): void {
    if (this.isStopped) return;
    if (refusal?.code === "origin_not_allowed") {
      this.tell("refused");
      clearTimeout(this.goneTimer);
      return;
    }
    if (refusal?.code === "rate_limited") {
      const seconds = refusal.retry_after ?? 10;
      this.listener.limited(seconds);
      this.later(seconds * 1000);
      return;
    }
    this.lost();
    this.later();
  }

  private later(milliseconds = RETRY_MS): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = window.setTimeout(() => {
      if (this.isStopped || this.isConnected) return;
      if (this.socket) this.socket.connect();
      else void this.open(() => this.session.open());
    }, milliseconds);
  }

  /** Not back within this time is told as gone. */
  private expectWithin(): void {
    if (this.goneTimer) return;
    this.goneTimer = window.setTimeout(() => {
      this.goneTimer = 0;
      if (!this.isConnected && navigator.onLine && !this.isStopped) this.tell("gone");
    }, GONE_MS);
  }

  private async askStatus(): Promise<void> {
    clearTimeout(this.statusTimer);
    let isReady = true;
    try {
      const answer = await fetch(`${this.server}/widget/status`, {
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(5_000),
      });
      const status = (await answer.json()) as { ready?: boolean; notice?: string };
      isReady = status.ready !== false;
      if (status.notice) this.listener.notice?.(status.notice);
    } catch {
      // Connected all the same: the answers will tell.
    }
    if (!this.isConnected || this.isStopped) return;
    this.tell(isReady ? "online" : "starting");
    if (!isReady) this.statusTimer = window.setTimeout(() => void this.askStatus(), STATUS_MS);
  }

  private readonly cameBack = (): void => this.retry();

  private readonly wentOff = (): void => {
    this.tell("offline");
    // A socket may not notice for half a minute that its cable is gone.
    this.socket?.io.engine?.close();
  };

  private tell(state: LineState): void {
    if (state === this.state || this.isStopped) return;
    this.state = state;
    this.listener.state(state);
  }
}

const isAboutSession = (refusal: Refusal): boolean =>
  refusal.code === "session_expired" || refusal.code === "session_invalid";
