import { beforeEach, describe, expect, it, vi } from "vitest";

import { LOST_MS, Patience, SLOW_MS } from "./patience";

describe("patience", () => {
  const watcher = { slow: vi.fn(), unanswered: vi.fn(), over: vi.fn() };
  let patience: Patience;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    patience = new Patience(watcher);
  });

  it("says after three seconds that it is slow", () => {
    patience.expect(1);
    vi.advanceTimersByTime(SLOW_MS - 1);
    expect(watcher.slow).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(watcher.slow).toHaveBeenCalledOnce();
  });

  it("gives up in the end", () => {
    patience.expect(1);
    vi.advanceTimersByTime(LOST_MS);
    expect(watcher.unanswered).toHaveBeenCalledWith(1);
  });

  it("gives up soon when the server stopped writing and nothing came", () => {
    patience.expect(1);
    patience.typed();
    vi.advanceTimersByTime(SLOW_MS);
    expect(watcher.unanswered).toHaveBeenCalledWith(1);
  });

  it("is over with an answer", () => {
    patience.expect(1);
    patience.typed();
    patience.answered();
    vi.advanceTimersByTime(LOST_MS);
    expect(watcher.unanswered).not.toHaveBeenCalled();
    expect(watcher.slow).not.toHaveBeenCalled();
  });
});
