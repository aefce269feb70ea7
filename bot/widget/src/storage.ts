/** A drawer in the browser that never throws: without one, things are kept in memory. */
export class Drawer {
  private readonly memory = new Map<string, string>();
  private readonly store: Storage | null;

  /** @param prefix keeps two assistants on one page apart. */
  constructor(
    kind: "local" | "session",
    private readonly prefix: string,
  ) {
    this.store = available(kind);
  }

  get(key: string): string | null {
    try {
      const kept = this.store?.getItem(this.prefix + key);
      if (kept != null) return kept;
    } catch {
      // Storage was taken away meanwhile.
    }
    return this.memory.get(key) ?? null;
  }

  set(key: string, value: string): void {
    try {
      if (this.store) {
        this.store.setItem(this.prefix + key, value);
        return;
      }
    } catch {
      // Full, or forbidden.
    }
    this.memory.set(key, value);
  }

  remove(key: string): void {
    this.memory.delete(key);
    try {
      this.store?.removeItem(this.prefix + key);
    } catch {
      // Nothing is kept there then.
    }
  }

  /** The keys that begin so. */
  keys(start: string): string[] {
    const found = new Set([...this.memory.keys()]);
    try {
      for (let i = 0; i < (this.store?.length ?? 0); i++) {
        const key = this.store?.key(i);
        if (key?.startsWith(this.prefix)) found.add(key.slice(this.prefix.length));
      }
    } catch {
      // As above.
    }
    return [...found].filter((key) => key.startsWith(start));
  }
}

function available(kind: "local" | "session"): Storage | null {
  try {
    const store = kind === "local" ? window.localStorage : window.sessionStorage;
    store.setItem("acupoint:probe", "1");
    store.removeItem("acupoint:probe");
    return store;
  } catch {
    return null;
  }
}
