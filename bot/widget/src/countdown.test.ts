import { expect, it } from "vitest";

import { Countdown } from "./countdown";

it("counts down, stands still while paused, and ends", () => {
  let now = 0;
  const countdown = new Countdown(30, () => now);
  expect(countdown.shown).toBe(30);
  now = 5_000;
  expect(countdown.shown).toBe(30);
  countdown.start();
  now = 15_000;
  expect(countdown.shown).toBe(20);
  countdown.pause();
  now = 60_000;
  expect(countdown.shown).toBe(20);
  countdown.start();
  now = 79_999;
  expect(countdown.shown).toBe(1);
  now = 80_000;
  expect([countdown.shown, countdown.isOver, countdown.share]).toEqual([0, true, 0]);
});

it("is over at once when its time passed while the page was away", () => {
  expect(new Countdown(30, () => 0, Infinity).isOver).toBe(true);
});
