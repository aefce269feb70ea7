import { expect, it } from "vitest";

import { assistant, flag, person, step, system } from "./samples";
import { presentStep } from "./stage";

const card = step();
const running = assistant(2, { card });

it("is the last step", () => {
  expect(presentStep([assistant(1, { card: step({ id: "old" }) }), running])?.card.id).toBe(
    "LI4:left",
  );
});

it("stays while something is asked in between", () => {
  expect(presentStep([running, person(3), assistant(4)])?.entry.seq).toBe(2);
});

it.each([
  ["the end", assistant(3, { card: { type: "session_end", ended: "done", points: [] } })],
  ["a warning sign", flag(3, "urgent")],
  ["a new conversation", system(3, "divider")],
])("is over with %s", (_, entry) => {
  expect(presentStep([running, entry])).toBeNull();
});
