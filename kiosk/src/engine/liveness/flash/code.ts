// The colour code that the screen shows: eight segments, each of one of six colours that look about equally bright and
// differ only in hue, drawn anew for every attempt. At most one change every 0.4 s and no saturated red, as WCAG 2.3.1
// wants; nothing here ever gets brighter or darker.

import type { RandomSource } from '../challenge/sequence.js';

export const FLASH = { segments: 8, segmentMs: 400 } as const;

/** A direction in the plane of colours of one brightness: (red against green, blue against green), length 1. */
export interface Hue {
  readonly redGreen: number;
  readonly blueGreen: number;
}

/** Around the circle, so that they add up to nothing. */
export const HUES: readonly Hue[] = Array.from({ length: 6 }, (_, index) => {
  const angle = (2 * Math.PI * index) / 6;
  return { redGreen: Math.cos(angle), blueGreen: Math.sin(angle) };
});

/** Draws a code: no hue twice in a row. */
export function drawCode(random: RandomSource): readonly Hue[] {
  const code: Hue[] = [];
  let last = -1;
  while (code.length < FLASH.segments) {
    const next =
      last < 0 ? random.below(HUES.length) : (last + 1 + random.below(HUES.length - 1)) % HUES.length;
    last = next;
    code.push(HUES[next] ?? { redGreen: 0, blueGreen: 0 });
  }
  return code;
}

/** The hue shown `atMs` after the code began; null before and after. */
export function hueAt(code: readonly Hue[], atMs: number): Hue | null {
  return code[Math.floor(atMs / FLASH.segmentMs)] ?? null;
}
