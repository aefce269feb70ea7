import { beforeEach, describe, expect, it, vi } from "vitest";

import { newId, Outbox } from "./outbox";
import { Drawer } from "./storage";

const outbox = (): Outbox => new Outbox(new Drawer("local", "test:"));

describe("the outbox", () => {
  beforeEach(() => localStorage.clear());

  it("keeps what was written over a reload, in its order", () => {
    outbox().add("first", 5);
    outbox().add("second", 5);
    outbox().add("third", 1);
    expect(
      outbox()
        .all()
        .map((item) => item.text),
    ).toEqual(["first", "second", "third"]);
  });

  it("loses only what was confirmed", () => {
    const first = outbox().add("first");
    outbox().add("second");
    outbox().remove(first.id);
    expect(
      outbox()
        .all()
        .map((item) => item.text),
    ).toEqual(["second"]);
  });

  it("works where nothing can be stored", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full");
    });
    const held = outbox();
    held.add("still here");
    expect(held.all()).toHaveLength(1);
    vi.restoreAllMocks();
  });

  it("gives ids that the server takes, also without https", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(newId()).toMatch(uuid);
    vi.stubGlobal("crypto", { getRandomValues: (b: Uint8Array) => crypto_(b) });
    expect(newId()).toMatch(uuid);
    vi.unstubAllGlobals();
  });
});

const crypto_ = (bytes: Uint8Array): Uint8Array => bytes.fill(255);
