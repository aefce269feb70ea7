/** What is read off a hand that was found. Pure. Lengths in pixels of the picture, y down. */

import type { Forearm } from "./forearm";
import type { HandPoint } from "./points";

export interface Place {
  x: number;
  y: number;
}

/** A hand as the model tells of it: places as shares of the picture, and in space. */
export interface SeenHand {
  landmarks: (Place & { z: number })[];
  world: (Place & { z: number })[];
  hand: Hand;
  score: number;
}

export type Hand = "left" | "right";
/** `edge`: seen from the side, so that neither can be told. */
export type Side = "back" | "palm" | "edge";

export interface Spot extends Place {
  /** The radius within which the point most likely lies. */
  radius: number;
}

const WRIST = 0;
const INDEX_KNUCKLE = 5;
const MIDDLE_KNUCKLE = 9;
const MIDDLE_TIP = 12;
const LITTLE_KNUCKLE = 17;
/** Below this sine of the angle between the knuckle lines, the hand is seen from its edge. */
const LEAST_OPEN = 0.2;
/** What a tilted hand adds: at 45 degrees the ring is a third larger. */
const TILT = 1.1;
/** What it adds that the forearm's direction is only guessed, from that of the hand. */
const GUESSED = 1.2;

/** The places of a hand in pixels. */
export const places = (hand: SeenHand, width: number, height: number): Place[] =>
  hand.landmarks.map(({ x, y }) => ({ x: x * width, y: y * height }));

/** Where a point lies by its rule, and how sure that is. */
export function spot(
  point: HandPoint,
  hand: SeenHand,
  width: number,
  height: number,
  forearm: Forearm | null = null,
): Spot {
  const at = places(hand, width, height);
  let { x, y } = at[point.start]!;
  const onArm = forearm ? point.forearm : undefined;
  for (const { from, to, share } of (onArm ?? point).ways) {
    x += (at[to]!.x - at[from]!.x) * share;
    y += (at[to]!.y - at[from]!.y) * share;
  }
  if (forearm && onArm) {
    const palm = size(from(at[WRIST]!, at[MIDDLE_KNUCKLE]!));
    x += forearm.x * onArm.share * palm;
    y += forearm.y * onArm.share * palm;
  }
  const guessed = point.forearm && !forearm ? GUESSED : 1;
  const radius = guessed * point.unsure * handLength(at) * (1 + TILT * (1 - facing(hand)));
  return { x, y, radius };
}

/**
 * Which side of the hand is seen.
 *
 * From wrist to index knuckle to little knuckle goes clockwise on the back of a right hand and on
 * the palm of a left one.
 */
export function sideOf(hand: SeenHand, width: number, height: number, which: Hand): Side {
  const at = places(hand, width, height);
  const index = from(at[WRIST]!, at[INDEX_KNUCKLE]!);
  const little = from(at[WRIST]!, at[LITTLE_KNUCKLE]!);
  const turn = (index.x * little.y - index.y * little.x) / (size(index) * size(little) || 1);
  if (Math.abs(turn) < LEAST_OPEN) return "edge";
  return turn > 0 === (which === "right") ? "back" : "palm";
}

/** Whether a place lies in the picture. */
export const isInside = (place: Place, width: number, height: number): boolean =>
  place.x >= 0 && place.y >= 0 && place.x <= width && place.y <= height;

/** How long the hand would be if it lay flat in the picture, by its widest and longest parts. */
export function handLength(at: readonly Place[]): number {
  const seen = size(from(at[WRIST]!, at[MIDDLE_KNUCKLE]!));
  const wide = size(from(at[INDEX_KNUCKLE]!, at[LITTLE_KNUCKLE]!));
  const fingers = size(from(at[MIDDLE_KNUCKLE]!, at[MIDDLE_TIP]!));
  // A hand is twice as long as its palm, and three times as long as its knuckles are wide.
  return Math.max(seen * 1.9, wide * 2.9, seen + fingers);
}

/** 1 where the hand faces the eye, 0 where it is seen from its edge. */
export function facing(hand: SeenHand): number {
  const [wrist, index, little] = [WRIST, INDEX_KNUCKLE, LITTLE_KNUCKLE].map((i) => hand.world[i]);
  if (!wrist || !index || !little) return 1;
  const a = { x: index.x - wrist.x, y: index.y - wrist.y, z: index.z - wrist.z };
  const b = { x: little.x - wrist.x, y: little.y - wrist.y, z: little.z - wrist.z };
  const out = {
    x: a.y * b.z - a.z * b.y,
    y: a.z * b.x - a.x * b.z,
    z: a.x * b.y - a.y * b.x,
  };
  return Math.abs(out.z) / (Math.hypot(out.x, out.y, out.z) || 1);
}

const from = (a: Place, b: Place): Place => ({ x: b.x - a.x, y: b.y - a.y });
const size = ({ x, y }: Place): number => Math.hypot(x, y);
