import { describe, expect, it } from "vitest";

import { isShownWhole, standing } from "./alarm";
import { assistant, flag, person, system } from "./samples";

describe("the warning that stands", () => {
  it("is none at first", () => {
    expect(standing([person(1), assistant(2)])).toBeNull();
  });

  it("stands through other talk when it is an emergency, and stays whole", () => {
    const alarm = standing([person(1), flag(2, "emergency"), person(3), assistant(4)])!;
    expect(alarm.tier).toBe("emergency");
    expect(alarm.isWithdrawing).toBe(true);
    expect(isShownWhole(alarm)).toBe(true);
  });

  it.each(["topic:deny_red_flags", "topic:been_checked"])("is lifted by %s", (key) => {
    expect(standing([flag(1, "emergency"), person(2), assistant(3, { key })])).toBeNull();
  });

  it("shrinks when it is no emergency and the person goes on", () => {
    const alarm = standing([flag(1, "urgent"), person(2)])!;
    expect(isShownWhole(alarm)).toBe(false);
  });

  it("of long-lasting pain is told once, and forbids no pressing", () => {
    expect(standing([flag(1, "persistent")])!.isWithdrawing).toBe(false);
    expect(standing([flag(1, "persistent"), person(2)])).toBeNull();
  });

  it("is not replaced by a milder one", () => {
    expect(standing([flag(1, "emergency"), person(2), flag(3, "persistent")])!.entry.seq).toBe(1);
  });

  it("counts as an emergency when its tier is missing", () => {
    expect(standing([flag(1, undefined)])!.tier).toBe("emergency");
  });

  it("ends with the conversation", () => {
    expect(standing([flag(1, "emergency"), system(2, "divider")])).toBeNull();
  });
});
