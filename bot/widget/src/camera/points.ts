/**
 * Where points lie on a hand that the camera sees: the rules, as data.
 *
 * A rule starts at one of the 21 places that the hand model finds (docs/camera.md has their
 * numbers) and goes some way along lines between such places, so that it turns, tilts and grows
 * with the hand. The shares come from anatomy and were checked on drawn hands (docs/camera.md).
 */

export interface Way {
  /** From one place of the hand toward another ... */
  from: number;
  to: number;
  /** ... this share of the distance between them. */
  share: number;
}

export interface HandPoint {
  code: string;
  /** The rule in words. */
  rule: string;
  start: number;
  ways: readonly Way[];
  /** The side of the hand that it lies on; on the other side nothing is drawn. */
  side: "back" | "palm";
  /** How far off nine of ten dots were, as a share of the hand's length: the size of the ring. */
  unsure: number;
  /** Ask about a pregnancy before it is drawn. */
  asksPregnancy: boolean;
  /** It lies on the forearm: the way to it where the picture shows which way the forearm goes. */
  forearm?: {
    ways: readonly Way[];
    /** Then along the forearm, by this share of the distance from wrist to middle knuckle. */
    share: number;
    /** With the wrist bent more than this, in degrees, nothing is drawn. */
    mostBend: number;
  };
}

const WRIST = 0;
const INDEX_KNUCKLE = 5;
const MIDDLE_KNUCKLE = 9;
const LITTLE_KNUCKLE = 17;

export const HAND_POINTS: readonly HandPoint[] = [
  {
    code: "LI4",
    rule:
      "The middle of the second metacarpal, on the thumb side. The model's wrist lies among the " +
      "small bones of the hand, its index knuckle a little beyond the real one: the middle of the " +
      "bone is at 61 % of the way; from there to the thumb side by 22 % of the width between the " +
      "outer knuckles.",
    start: WRIST,
    ways: [
      { from: WRIST, to: INDEX_KNUCKLE, share: 0.61 },
      { from: LITTLE_KNUCKLE, to: INDEX_KNUCKLE, share: 0.22 },
    ],
    side: "back",
    unsure: 0.045,
    asksPregnancy: true,
  },
  {
    code: "TE5",
    rule:
      "Two thumb widths (2 cun) up the forearm from the middle of the wrist crease, between the " +
      "two bones. The model's wrist lies among the small bones of the hand, about two centimetres " +
      "below the crease: so from there away from the middle knuckle by seven tenths of their " +
      "distance, and a little to the thumb side, as the model's wrist lies to the little finger's. " +
      "Where the forearm stands out, the last part goes along it.",
    start: WRIST,
    ways: [
      { from: MIDDLE_KNUCKLE, to: WRIST, share: 0.71 },
      { from: LITTLE_KNUCKLE, to: INDEX_KNUCKLE, share: 0.16 },
    ],
    forearm: {
      ways: [
        { from: MIDDLE_KNUCKLE, to: WRIST, share: 0.51 },
        { from: LITTLE_KNUCKLE, to: INDEX_KNUCKLE, share: 0.11 },
      ],
      share: 0.2,
      mostBend: 27,
    },
    side: "back",
    unsure: 0.068,
    asksPregnancy: false,
  },
];

/** The rule of a point, if the camera can show it. */
export const handPoint = (code: string): HandPoint | null =>
  HAND_POINTS.find((point) => point.code === code) ?? null;
