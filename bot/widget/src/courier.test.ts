import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Ack } from "./contract";
import { Courier, MOST_CHARACTERS } from "./courier";
import { Outbox } from "./outbox";
import { Drawer } from "./storage";

type Answer = Ack<{ seq: number }> | null;

function make(answers: Answer[]) {
  const outbox = new Outbox(new Drawer("local", "test:"));
  const sent: { id: string; text: string }[] = [];
  const road = {
    isConnected: true,
    ask: vi.fn(async (_: string, body: object) => {
      sent.push(body as never);
      return (answers.shift() ?? null) as never;
    }),
  };
  const report = {
    sending: vi.fn(),
    delivered: vi.fn(),
    rejected: vi.fn(),
    limited: vi.fn(),
    troubled: vi.fn(),
  };
  return { outbox, sent, road, report, courier: new Courier(outbox, road, report, () => ({})) };
}

describe("the courier", () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
  });

  it("sends in order and forgets what was confirmed", async () => {
    const { outbox, sent, courier, report } = make([
      { ok: true, seq: 1 },
      { ok: true, seq: 3 },
    ]);
    outbox.add("first");
    outbox.add("second");
    await courier.run();
    expect(sent.map((each) => each.text)).toEqual(["first", "second"]);
    expect(outbox.all()).toEqual([]);
    expect(report.delivered).toHaveBeenLastCalledWith(
      expect.objectContaining({ text: "second" }),
      3,
    );
  });

  it("sends again, with the same id, what was not confirmed", async () => {
    const { outbox, sent, courier } = make([null, { ok: true, seq: 1 }]);
    outbox.add("only");
    await courier.run();
    expect(outbox.all()).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(sent).toHaveLength(2);
    expect(sent[0]!.id).toBe(sent[1]!.id);
    expect(outbox.all()).toEqual([]);
  });

  it("keeps everything while there is no line", async () => {
    const { outbox, road, courier } = make([]);
    road.isConnected = false;
    outbox.add("later");
    await courier.run();
    expect(road.ask).not.toHaveBeenCalled();
    expect(outbox.all()).toHaveLength(1);
  });

  it("waits as long as it is told", async () => {
    const refused: Answer = { ok: false, error: { code: "rate_limited", retry_after: 7 } };
    const { outbox, sent, courier, report } = make([refused, { ok: true, seq: 1 }]);
    outbox.add("slowly");
    await courier.run();
    expect(report.limited).toHaveBeenCalledWith(7);
    await vi.advanceTimersByTimeAsync(6_000);
    void courier.run();
    await vi.advanceTimersByTimeAsync(900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toHaveLength(2);
  });

  it("goes on with the next when one is refused for good", async () => {
    const { outbox, sent, courier, report } = make([
      { ok: false, error: { code: "too_large" } },
      { ok: true, seq: 1 },
    ]);
    outbox.add("long");
    outbox.add("short");
    await courier.run();
    expect(report.rejected).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(2);
    expect(outbox.all()).toEqual([]);
  });

  it("never sends what would end the line", async () => {
    const { outbox, road, courier, report } = make([]);
    outbox.add("x".repeat(MOST_CHARACTERS + 1));
    await courier.run();
    expect(road.ask).not.toHaveBeenCalled();
    expect(report.rejected).toHaveBeenCalledTimes(1);
  });

  it("tells a warning that comes with a refusal, and tries three times", async () => {
    const error = { code: "server_error", text: "**Get help.**\n\n- Now." };
    const { outbox, sent, courier, report } = make([
      { ok: false, error },
      { ok: false, error },
      { ok: false, error },
    ]);
    outbox.add("numb");
    await courier.run();
    expect(report.troubled).toHaveBeenCalledWith(expect.anything(), error.text);
    await vi.runAllTimersAsync();
    expect(sent).toHaveLength(3);
    expect(report.rejected).toHaveBeenCalledTimes(1);
  });
});
