import { describe, expect, it } from "vitest";
import { forearmOf } from "./forearm";
import type { Pixels } from "./forearm";
import { facing, handLength, places, sideOf, spot } from "./geometry";
import type { SeenHand } from "./geometry";
import { HAND_POINTS, handPoint } from "./points";
import { HandVote, Settled, Smoother } from "./steady";

/** A right hand, its back to the eye, fingers up: the thumb is on the left. */
function rightBack(): SeenHand {
  const at = Array.from({ length: 21 }, () => ({ x: 0.5, y: 0.5, z: 0 }));
  const put = (i: number, x: number, y: number): void => void (at[i] = { x, y, z: 0 });
  put(0, 0.5, 0.8);
  put(1, 0.42, 0.75);
  put(2, 0.36, 0.68);
  put(5, 0.43, 0.5);
  put(9, 0.5, 0.48);
  put(12, 0.5, 0.2);
  put(17, 0.62, 0.54);
  return { landmarks: at, world: at, hand: "right", score: 1 };
}

const flipped = (hand: SeenHand): SeenHand => ({
  ...hand,
  landmarks: hand.landmarks.map(({ x, y, z }) => ({ x: 1 - x, y, z })),
  hand: hand.hand === "left" ? "right" : "left",
});

const turned = (hand: SeenHand, degrees: number): SeenHand => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return {
    ...hand,
    landmarks: hand.landmarks.map(({ x, y, z }) => ({
      x: 0.5 + (x - 0.5) * c - (y - 0.5) * s,
      y: 0.5 + (x - 0.5) * s + (y - 0.5) * c,
      z,
    })),
  };
};

describe("which side is seen", () => {
  it("tells back from palm for both hands, however they are turned", () => {
    for (const degrees of [0, 90, 200, 300]) {
      const right = turned(rightBack(), degrees);
      const left = turned(flipped(rightBack()), degrees);
      expect(sideOf(right, 400, 400, "right")).toBe("back");
      expect(sideOf(left, 400, 400, "left")).toBe("back");
      // The same outline is the other hand's palm.
      expect(sideOf(right, 400, 400, "left")).toBe("palm");
      expect(sideOf(left, 400, 400, "right")).toBe("palm");
    }
  });

  it("says nothing of a hand seen from its edge", () => {
    const edge = rightBack();
    edge.landmarks[17] = { x: 0.45, y: 0.5, z: 0 };
    expect(sideOf(edge, 400, 400, "right")).toBe("edge");
  });
});

describe("where a point lies", () => {
  const li4 = handPoint("LI4")!;

  it("puts LI4 on the thumb side of the middle of the second metacarpal", () => {
    const hand = rightBack();
    const at = spot(li4, hand, 400, 400);
    const [wrist, thumb, index, middle] = [0, 2, 5, 9].map((i) => places(hand, 400, 400)[i]!);
    expect(at.y).toBeGreaterThan(index!.y);
    expect(at.y).toBeLessThan(wrist!.y);
    expect(at.x).toBeLessThan(index!.x);
    expect(at.x).toBeGreaterThan(thumb!.x);
    expect(at.x).toBeLessThan(middle!.x);
  });

  it("is the mirror image on the other hand, and turns with the hand", () => {
    const right = spot(li4, rightBack(), 400, 400);
    const left = spot(li4, flipped(rightBack()), 400, 400);
    expect(left.x).toBeCloseTo(400 - right.x);
    expect(left.y).toBeCloseTo(right.y);
    const upsideDown = spot(li4, turned(rightBack(), 180), 400, 400);
    expect(upsideDown.x).toBeCloseTo(400 - right.x);
    expect(upsideDown.y).toBeCloseTo(400 - right.y);
  });

  it("puts TE5 up the forearm, beyond the wrist", () => {
    const at = spot(handPoint("TE5")!, rightBack(), 400, 400);
    expect(at.y).toBeGreaterThan(400 * 0.85);
  });

  it("draws a larger ring the less sure it is", () => {
    const flat = rightBack();
    const tilted = { ...flat, world: flat.world.map((p, i) => ({ ...p, z: i === 17 ? 0.3 : 0 })) };
    expect(facing(tilted)).toBeLessThan(facing(flat));
    expect(spot(li4, tilted, 400, 400).radius).toBeGreaterThan(spot(li4, flat, 400, 400).radius);
    const near = spot(li4, flat, 800, 800).radius;
    expect(near).toBeCloseTo(2 * spot(li4, flat, 400, 400).radius);
  });

  it("has no rule for points elsewhere, and every rule in words", () => {
    expect(handPoint("BL23")).toBeNull();
    for (const { rule } of HAND_POINTS) expect(rule.length).toBeGreaterThan(40);
  });

  it("measures the hand by its widest part when the fingers are bent", () => {
    const hand = rightBack();
    const open = handLength(places(hand, 400, 400));
    hand.landmarks[12] = { x: 0.5, y: 0.55, z: 0 };
    expect(handLength(places(hand, 400, 400)) / open).toBeGreaterThan(0.9);
  });
});

describe("which way the forearm goes", () => {
  /** The hand above, in a picture with a forearm that turns off by some degrees. */
  function picture(degrees: number, skin: [number, number, number]): Pixels {
    const side = 240;
    const data = new Uint8ClampedArray(side * side * 4);
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [dx, dy] = [x - 120, y - 200];
        const isArm = -s * dx + c * dy > -10 && Math.abs(c * dx + s * dy) < 22;
        const isHand = y > 100 && y < 200 && x > 95 && x < 152;
        data.set(isArm || isHand ? [...skin, 255] : [70, 110, 160, 255], (y * side + x) * 4);
      }
    }
    return { data, width: side, height: side };
  }
  const at = places(rightBack(), 240, 240);

  it("is found for light and dark skin, straight and bent", () => {
    for (const skin of [[236, 188, 160], [90, 58, 40]] as [number, number, number][]) {
      expect(Math.abs(forearmOf(picture(0, skin), at, 130)!.bend)).toBeLessThan(7);
      expect(Math.abs(forearmOf(picture(30, skin), at, 130)!.bend)).toBeGreaterThan(20);
    }
  });

  it("is not guessed at where nothing stands out", () => {
    expect(forearmOf(picture(0, [70, 110, 160]), at, 130)).toBeNull();
  });

  it("moves TE5 to its side", () => {
    const te5 = handPoint("TE5")!;
    const bent = { x: Math.sin(0.4), y: Math.cos(0.4), bend: 23 };
    const straight = spot(te5, rightBack(), 400, 400, { x: 0, y: 1, bend: 0 });
    expect(spot(te5, rightBack(), 400, 400, bent).x).toBeGreaterThan(straight.x);
    expect(spot(te5, rightBack(), 400, 400).radius).toBeGreaterThan(straight.radius);
  });
});

describe("what is shown does not tremble", () => {
  it("a still hand's dot moves less than the hand is seen to, a moved hand's dot follows", () => {
    const smooth = new Smoother();
    smooth.next({ x: 100, y: 100, radius: 10 }, 0);
    expect(smooth.next({ x: 102, y: 100, radius: 10 }, 50).x).toBeLessThan(101.2);
    expect(smooth.next({ x: 200, y: 100, radius: 10 }, 100).x).toBeCloseTo(200);
  });

  it("a hand that was gone starts anew", () => {
    const smooth = new Smoother();
    smooth.next({ x: 100, y: 100, radius: 10 }, 0);
    expect(smooth.next({ x: 105, y: 100, radius: 10 }, 2_000).x).toBe(105);
  });

  it("one look that takes it for the other hand changes nothing, many do", () => {
    const vote = new HandVote();
    for (let i = 0; i < 5; i++) vote.next("left", 0.9);
    expect(vote.next("right", 0.9)).toBe("left");
    let last = "left";
    for (let i = 0; i < 12; i++) last = vote.next("right", 0.9);
    expect(last).toBe("right");
  });

  it("a state is told once, when it has held", () => {
    const settled = new Settled<string>();
    expect(settled.next("palm", 0)).toBeNull();
    expect(settled.next("back", 300)).toBeNull();
    expect(settled.next("back", 900)).toBeNull();
    expect(settled.next("back", 1_100)).toBe("back");
    expect(settled.next("back", 5_000)).toBeNull();
  });
});
