// What a shift is. All times of day are minutes after local midnight; all windows are counted in elapsed minutes.

interface BreakRule {
  readonly breakMin: number;
  /** A paid break is work: nothing is deducted. */
  readonly paidBreak: boolean;
}

/** Fixed hours. `endOfDayMin` not after `startOfDayMin` lies on the next date. */
export interface FixedShift extends BreakRule {
  readonly kind: 'fixed';
  readonly startOfDayMin: number;
  readonly endOfDayMin: number;
  readonly graceInMin: number;
  readonly graceOutMin: number;
  readonly captureBeforeMin: number;
  readonly captureAfterMin: number;
  /**
   * Times off in the middle that are not scheduled (a split shift), in order, in minutes after the midnight that begins
   * the date; empty for a shift in one piece.
   */
  readonly pauses: readonly { readonly fromMin: number; readonly toMin: number }[];
}

/** Hours only: the day runs from `dayStartMin` to the next one, and `targetMin` is due in it. */
export interface FlexibleShift extends BreakRule {
  readonly kind: 'flexible';
  readonly dayStartMin: number;
  /** Null for an open shift: nothing is due, and whoever works at all is present. */
  readonly targetMin: number | null;
}

export type Shift = FixedShift | FlexibleShift;
