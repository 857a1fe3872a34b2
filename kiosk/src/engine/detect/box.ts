// Boxes: overlap and suppression.

import type { Box } from '../port.js';

/** A box with the detector's confidence, 0 to 1. */
export interface ScoredBox {
  readonly box: Box;
  readonly score: number;
}

/** Intersection over union, 0 to 1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** Share of the smaller box that the two have in common, 0 to 1. */
export function containment(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a.width * a.height, b.width * b.height);
}

/** Keeps the most confident of boxes that overlap by more than `threshold`; best first. */
export function suppress(
  boxes: readonly ScoredBox[],
  threshold: number,
  measure: (a: Box, b: Box) => number = overlap,
): ScoredBox[] {
  const kept: ScoredBox[] = [];
  for (const candidate of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => measure(other.box, candidate.box) <= threshold)) kept.push(candidate);
  }
  return kept;
}

/** Share of `box` that lies inside a picture of this size, 0 to 1. */
export function shareInside(box: Box, width: number, height: number): number {
  const across = Math.min(box.x + box.width, width) - Math.max(box.x, 0);
  const down = Math.min(box.y + box.height, height) - Math.max(box.y, 0);
  return (Math.max(0, across) * Math.max(0, down)) / Math.max(1e-9, box.width * box.height);
}
