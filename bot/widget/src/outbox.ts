/** What the person wrote and the server has not confirmed yet. Survives a reload. */

import type { Drawer } from "./storage";

export interface Outgoing {
  id: string;
  text: string;
  /** When it was written, in milliseconds; the order in which it is sent. */
  at: number;
}

const PREFIX = "out.";

/** Each message has a key of its own, so that two tabs cannot overwrite each other. */
export class Outbox {
  constructor(private readonly drawer: Drawer) {}

  /** Oldest first. */
  all(): Outgoing[] {
    return this.drawer
      .keys(PREFIX)
      .map((key) => parsed(this.drawer.get(key)))
      .filter((item): item is Outgoing => item !== null)
      .sort((a, b) => a.at - b.at);
  }

  add(text: string, now: number = Date.now(), id: string = newId()): Outgoing {
    const newest = Math.max(0, ...this.all().map((item) => item.at + 1));
    const item = { id, text, at: Math.max(now, newest) };
    this.drawer.set(PREFIX + item.id, JSON.stringify(item));
    return item;
  }

  remove(id: string): void {
    this.drawer.remove(PREFIX + id);
  }

  clear(): void {
    for (const item of this.all()) this.remove(item.id);
  }
}

/** An id of a message; `crypto.randomUUID` is missing on pages without https. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function parsed(raw: string | null): Outgoing | null {
  try {
    const item = JSON.parse(raw ?? "") as Outgoing;
    return typeof item.id === "string" && typeof item.text === "string" ? item : null;
  } catch {
    return null;
  }
}
