/**
 * Which way the forearm goes from the wrist: the hand model does not know. Pure.
 *
 * A strip as wide as a forearm is laid against the wrist in many directions; the best is full of
 * the hand's own colour, with another colour on both its sides.
 */

import type { Place } from "./geometry";

/** The reach of the search, and what of a hand's length the strip measures. */
const WIDEST = 48;
const STEP = 3;
const ALONG = steps(0.1, 0.42, 9);
const INSIDE = steps(-0.12, 0.12, 7);
const OUTSIDE = [-0.26, -0.23, -0.2, 0.2, 0.23, 0.26];
/** From the model's wrist, which lies among the small bones of the hand, to the crease. */
const TO_CREASE = 0.2;
/** How much straighter is preferred, and what is good enough. */
const STRAIGHT = 0.1;
const ENOUGH = 0.5;
const LEAST_SEEN = 0.35;

export interface Forearm {
  /** Unit vector from wrist to elbow. */
  x: number;
  y: number;
  /** How far it turns off from the line of the hand, in degrees. */
  bend: number;
}

/** A picture as a canvas gives it: four bytes a pixel. */
export interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * The forearm's direction, or null where it does not stand out: a sleeve, a busy background.
 *
 * @param at the 21 places of the hand, in pixels of this picture.
 * @param length of the hand, in the same.
 */
export function forearmOf(pixels: Pixels, at: readonly Place[], length: number): Forearm | null {
  const [wrist, index, middle, little] = [0, 5, 9, 17].map((i) => at[i]!) as [
    Place,
    Place,
    Place,
    Place,
  ];
  const isSkin = likeTheHand(pixels, wrist, index, little);
  if (!isSkin) return null;
  const back = { x: wrist.x - middle.x, y: wrist.y - middle.y };
  const palm = Math.hypot(back.x, back.y) || 1;
  const crease = { x: wrist.x + back.x * TO_CREASE, y: wrist.y + back.y * TO_CREASE };
  let best: { score: number; arm: Forearm } | null = null;
  for (let bend = -WIDEST; bend <= WIDEST; bend += STEP) {
    const [c, s] = [Math.cos((bend * Math.PI) / 180), Math.sin((bend * Math.PI) / 180)];
    const x = (back.x * c - back.y * s) / palm;
    const y = (back.x * s + back.y * c) / palm;
    const share = (offsets: readonly number[]): { skin: number; seen: number } => {
      let [skin, seen] = [0, 0];
      for (const along of ALONG) {
        for (const aside of offsets) {
          const told = isSkin(
            crease.x + (x * along - y * aside) * length,
            crease.y + (y * along + x * aside) * length,
          );
          if (told === null) continue;
          seen++;
          if (told) skin++;
        }
      }
      return { skin: seen ? skin / seen : 0, seen: seen / (ALONG.length * offsets.length) };
    };
    const inside = share(INSIDE);
    if (inside.seen < LEAST_SEEN) continue;
    const score = inside.skin - share(OUTSIDE).skin - (STRAIGHT * Math.abs(bend)) / WIDEST;
    if (!best || score > best.score) best = { score, arm: { x, y, bend } };
  }
  return best && best.score > ENOUGH ? best.arm : null;
}

/** A test for pixels of the hand's own colour; it says null outside the picture. */
function likeTheHand(
  pixels: Pixels,
  wrist: Place,
  index: Place,
  little: Place,
): ((x: number, y: number) => boolean | null) | null {
  const samples: Colour[] = [];
  for (let a = 0.15; a < 0.9; a += 0.1) {
    for (let b = 0.1; b < 0.86 - a; b += 0.1) {
      const c = 1 - a - b;
      const colour = colourAt(
        pixels,
        wrist.x * a + index.x * b + little.x * c,
        wrist.y * a + index.y * b + little.y * c,
      );
      if (colour) samples.push(colour);
    }
  }
  if (samples.length < 10) return null;
  const channel = (k: number, of: (colour: Colour) => number): { mid: number; wide: number } => {
    const mid = median(samples.map(of));
    const spread = median(samples.map((colour) => Math.abs(of(colour) - mid))) * 1.5;
    // Light changes along an arm more than colour does.
    return { mid, wide: Math.max(spread, k ? 4 : 14) * (k ? 2.5 : 5) };
  };
  const limits = [0, 1, 2].map((k) => channel(k, (colour) => colour[k]!));
  return (x, y) => {
    const colour = colourAt(pixels, x, y);
    return colour && limits.every(({ mid, wide }, k) => Math.abs(colour[k]! - mid) < wide);
  };
}

/** Brightness, and two differences of colour. */
type Colour = [number, number, number];

function colourAt({ data, width, height }: Pixels, x: number, y: number): Colour | null {
  const [across, down] = [Math.round(x), Math.round(y)];
  if (across < 0 || down < 0 || across >= width || down >= height) return null;
  const at = (down * width + across) * 4;
  const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
  const light = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [light, (blue - light) * 0.564, (red - light) * 0.713];
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function steps(least: number, most: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => least + ((most - least) * i) / (count - 1));
}
