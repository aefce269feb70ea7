import { beforeEach, describe, expect, it, vi } from "vitest";

import { Session, SessionError } from "./session";
import { Drawer } from "./storage";

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status });

describe("the session", () => {
  const drawer = new Drawer("local", "test:");
  beforeEach(() => localStorage.clear());

  it("asks the server for its token, once", async () => {
    const fetcher = vi.fn(async () => json(201, { token: "a" }));
    const session = new Session("https://host.example", drawer, fetcher);
    expect(await session.open()).toEqual({ token: "a", isReplacement: false });
    expect(await session.open()).toEqual({ token: "a", isReplacement: false });
    expect(fetcher).toHaveBeenCalledTimes(1);
  });

  it("is renewed with the old token", async () => {
    drawer.set("token", "old");
    const fetcher = vi.fn(async (_: unknown, init?: RequestInit) => {
      expect(init!.headers).toEqual({ Authorization: "Bearer old" });
      return json(201, { token: "new" });
    });
    expect((await new Session("", drawer, fetcher).renew()).token).toBe("new");
    expect(drawer.get("token")).toBe("new");
  });

  it("begins anew, and says so, when the old one is refused", async () => {
    drawer.set("token", "forged");
    const answers = [
      json(401, { error: { code: "session_invalid" } }),
      json(201, { token: "new" }),
    ];
    const session = new Session("", drawer, async () => answers.shift()!);
    expect(await session.renew()).toEqual({ token: "new", isReplacement: true });
  });

  it("keeps the token when the server cannot be reached", async () => {
    drawer.set("token", "old");
    const session = new Session("", drawer, async () => Promise.reject(new TypeError("no line")));
    await expect(session.renew()).rejects.toThrow(SessionError);
    expect(drawer.get("token")).toBe("old");
  });

  it("notices that this site is refused, which browsers hide", async () => {
    const fetcher = async (address: unknown) => {
      if (String(address).endsWith("/widget.js")) return new Response("");
      throw new TypeError("blocked");
    };
    const session = new Session("https://host.example", drawer, fetcher);
    await expect(session.open()).rejects.toMatchObject({ refusal: { code: "origin_not_allowed" } });
  });

  it("tells why it was refused", async () => {
    const refusal = { code: "rate_limited", retry_after: 9 };
    const session = new Session("", drawer, async () => json(429, { error: refusal }));
    await expect(session.open()).rejects.toMatchObject({ refusal });
  });
});
