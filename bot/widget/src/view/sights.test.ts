import { describe, expect, it } from "vitest";
import { strings } from "../strings";
import { cardView } from "./cards";
import { PointSights } from "./sights";

const sights = new PointSights(strings, "https://assistant.example", {
  say: () => undefined,
  warning: () => null,
});
const titles = (card: object): (string | null)[] =>
  [
    ...cardView({ type: "point", ...card }, {
      words: strings,
      server: "https://assistant.example",
      sights,
    })!.querySelectorAll(".sights button"),
  ].map((each) => each.textContent);

describe("ways to see a point", () => {
  it("a point of the hand can be shown on one's own hand, every point on a figure", () => {
    expect(titles({ code: "LI4" })).toEqual([strings.card.onHand, strings.card.turn]);
    expect(titles({ code: "TE5" })).toEqual([strings.card.onHand, strings.card.turn]);
    expect(titles({ code: "BL23" })).toEqual([strings.card.turn]);
  });

  it("a point that is withheld from the person is not shown anywhere", () => {
    expect(titles({ type: "point_withheld", code: "LI4", why: "pregnant" })).toEqual([]);
  });
});
