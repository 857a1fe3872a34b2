// The hidden way into the IT corner: five taps within three seconds.

const TAPS = 5;
const WITHIN_MS = 3000;

/** The taps that still count once another falls at `nowMs`, and whether the corner opens. */
export function tapCorner(
  taps: readonly number[],
  nowMs: number,
): { taps: readonly number[]; isOpen: boolean } {
  const recent = [...taps.filter((tap) => nowMs - tap < WITHIN_MS), nowMs];
  return recent.length >= TAPS ? { taps: [], isOpen: true } : { taps: recent, isOpen: false };
}
