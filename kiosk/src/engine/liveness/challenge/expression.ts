// What a face does, read from its landmarks and compared with the same face at rest, because people differ more than
// movements do. No network looks at expressions here, and nothing is said about what a person feels.

/* eslint-disable @typescript-eslint/no-non-null-assertion -- the indices are those of the 68 landmarks */

import { eyeLineAngle, landmarkCentre } from '../../landmarks/landmarks.js';
import type { FaceObservation } from '../../port.js';
import type { Action } from './sequence.js';

/** A face's pose and mouth as numbers. */
export interface Expression {
  /** As in `FaceQuality`: positive towards the picture's right, which is the person's left. */
  readonly yaw: number;
  /** Where the nose tip lies between eyes (0) and mouth (1). */
  readonly nose: number;
  /** Gap between the inner lips, in eye distances. */
  readonly gap: number;
  /** Width of the mouth, in eye distances. */
  readonly mouth: number;
}

/** Distances from rest at which a movement counts. */
const REACHED = {
  /** Change of yaw: tilted prints stay below 0.2, turning people reach 0.7. */
  yaw: 0.35,
  /** Nose position against that at rest, as a factor. */
  up: 0.8,
  down: 1.18,
  gap: 0.17,
  /** Mouth width against that at rest, as a factor. */
  smile: 1.13,
} as const;
/** As above, for being at rest: half of the way or less. */
const RESTING = { yaw: 0.17, up: 0.86, down: 1.13, gap: 0.12, smile: 1.09 } as const;
/** The nose says little about a face that is turned to the side. */
const FRONTAL_YAW = 0.3;

export function readExpression(face: Pick<FaceObservation, 'landmarks' | 'quality'>): Expression {
  const { landmarks, quality } = face;
  const angle = eyeLineAngle(landmarks);
  const down = ({ x, y }: { x: number; y: number }): number => -Math.sin(angle) * x + Math.cos(angle) * y;
  const eyes = down(landmarkCentre(landmarks, 36, 47));
  const lips = down(landmarkCentre(landmarks, 48, 59));
  const tip = down(landmarkCentre(landmarks, 30, 30));
  const apart = (a: number, b: number): number =>
    Math.hypot(landmarks[2 * a]! - landmarks[2 * b]!, landmarks[2 * a + 1]! - landmarks[2 * b + 1]!);
  const eyeDistance = Math.max(1e-6, quality.interocularPx);
  return {
    yaw: quality.yaw,
    nose: (tip - eyes) / Math.max(1e-6, lips - eyes),
    gap: apart(62, 66) / eyeDistance,
    mouth: apart(48, 54) / eyeDistance,
  };
}

/** The middle of several readings of a face at rest. */
export function restOf(readings: readonly Expression[]): Expression {
  const middle = (read: (reading: Expression) => number): number => {
    const sorted = readings.map(read).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  };
  return {
    yaw: middle(({ yaw }) => yaw),
    nose: middle(({ nose }) => nose),
    gap: middle(({ gap }) => gap),
    mouth: middle(({ mouth }) => mouth),
  };
}

/** What the face does against its own rest: a movement, rest, or something in between. */
export function nameMovement(now: Expression, rest: Expression): Action | 'rest' | 'between' {
  const turn = now.yaw - rest.yaw;
  if (turn >= REACHED.yaw) return 'left';
  if (turn <= -REACHED.yaw) return 'right';
  const nose = now.nose / rest.nose;
  const isFrontal = Math.abs(now.yaw) < FRONTAL_YAW;
  if (isFrontal && nose <= REACHED.up) return 'up';
  if (isFrontal && nose >= REACHED.down) return 'down';
  if (isFrontal && now.gap - rest.gap >= REACHED.gap) return 'mouth';
  const mouth = now.mouth / rest.mouth;
  if (isFrontal && mouth >= REACHED.smile) return 'smile';
  const isRest =
    Math.abs(turn) < RESTING.yaw &&
    nose > RESTING.up &&
    nose < RESTING.down &&
    now.gap - rest.gap < RESTING.gap &&
    mouth < RESTING.smile;
  return isRest ? 'rest' : 'between';
}
