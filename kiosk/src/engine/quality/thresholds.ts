// The one table of what a face must be like, and the code of the sentence that helps a person get there.
// Scales are those of `FaceQuality`; the screen turns codes into words.

import type { FaceQuality } from '../port.js';

/** What to tell the person; the screen holds the sentences. */
export type QualityCode =
  | 'QUALITY_TOO_FAR'
  | 'QUALITY_CUT_OFF'
  | 'QUALITY_TOO_DARK'
  | 'QUALITY_TOO_BRIGHT'
  | 'QUALITY_FLAT_LIGHT'
  | 'QUALITY_BLURRED'
  | 'QUALITY_TURNED'
  | 'QUALITY_TILTED'
  | 'QUALITY_LEANING'
  | 'QUALITY_EYES_HIDDEN'
  | 'QUALITY_LOWER_FACE_HIDDEN'
  | 'QUALITY_LIGHT_BEHIND';

/** Limits for one purpose. */
export interface QualityLimits {
  readonly minInterocularPx: number;
  readonly minInside: number;
  readonly minExposure: number;
  readonly maxExposure: number;
  readonly minContrast: number;
  readonly minSharpness: number;
  readonly maxYaw: number;
  readonly maxPitch: number;
  readonly maxRollDeg: number;
  readonly minEyes: number;
  readonly minLowerFace: number;
  readonly maxBacklight: number;
  /** Prominence of another face in parts of the served one's, from which on the person is not alone; 0 to 1. */
  readonly maxRival: number;
}

/** For recognising someone who is enrolled: guide, but do not turn people away for little things. */
export const CHECK_IN_LIMITS: QualityLimits = {
  minInterocularPx: 32,
  /** Measured on the extent of the landmarks: a jaw outside the picture of a near face costs little. */
  minInside: 0.7,
  minExposure: 0.12,
  maxExposure: 0.9,
  minContrast: 0.05,
  minSharpness: 40,
  maxYaw: 0.4,
  maxPitch: 0.6,
  maxRollDeg: 25,
  minEyes: 0.28,
  minLowerFace: 0.47,
  maxBacklight: 0.78,
  maxRival: 0.35,
};

/** For a template that everything later depends on. */
export const ENROLMENT_LIMITS: QualityLimits = {
  minInterocularPx: 45,
  minInside: 0.75,
  minExposure: 0.18,
  maxExposure: 0.85,
  minContrast: 0.07,
  minSharpness: 60,
  maxYaw: 0.3,
  maxPitch: 0.5,
  maxRollDeg: 15,
  minEyes: 0.34,
  minLowerFace: 0.57,
  maxBacklight: 0.7,
  maxRival: 0.35,
};

/** For a template of a turned or raised head: as above, but for the turn. Cover is not judged: these scales hold for a
 *  face that looks at the camera, and it was judged there. */
export const TURNED_LIMITS: QualityLimits = {
  ...ENROLMENT_LIMITS,
  minContrast: 0.05,
  minSharpness: 40,
  maxYaw: 0.65,
  maxPitch: 1,
  maxRollDeg: 25,
  minEyes: 0,
  minLowerFace: 0,
};

/** What is wrong with this face, most helpful first; empty when it will do. */
export function judgeQuality(quality: FaceQuality, limits: QualityLimits): QualityCode[] {
  const checks: readonly (readonly [QualityCode, boolean])[] = [
    ['QUALITY_CUT_OFF', quality.inside < limits.minInside],
    ['QUALITY_TOO_FAR', quality.interocularPx < limits.minInterocularPx],
    // What covers a face also darkens and tilts it, so it comes first; but only a face that looks here is judged.
    ['QUALITY_TURNED', Math.abs(quality.yaw) > limits.maxYaw],
    ['QUALITY_EYES_HIDDEN', quality.eyes < limits.minEyes],
    ['QUALITY_LOWER_FACE_HIDDEN', quality.lowerFace < limits.minLowerFace],
    ['QUALITY_LIGHT_BEHIND', quality.backlight > limits.maxBacklight],
    ['QUALITY_TOO_DARK', quality.exposure < limits.minExposure],
    ['QUALITY_TOO_BRIGHT', quality.exposure > limits.maxExposure],
    ['QUALITY_FLAT_LIGHT', quality.contrast < limits.minContrast],
    ['QUALITY_TILTED', Math.abs(quality.pitch) > limits.maxPitch],
    ['QUALITY_LEANING', Math.abs(quality.rollDeg) > limits.maxRollDeg],
    ['QUALITY_BLURRED', quality.sharpness < limits.minSharpness],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([code]) => code);
}

/** At these values a face is as good as it gets for choosing among frames. */
const IDEAL = { interocularPx: 80, sharpness: 300, contrast: 0.15, eyes: 0.45, lowerFace: 0.6 } as const;
/** Light from behind costs nothing up to here. */
const HARMLESS_BACKLIGHT = 0.6;

/** One number for choosing the best of several frames, 0 (useless) to 1; not comparable between cameras. */
export function qualityScore(quality: FaceQuality): number {
  const size = Math.min(1, quality.interocularPx / IDEAL.interocularPx);
  const sharpness = Math.min(1, quality.sharpness / IDEAL.sharpness);
  const contrast = Math.min(1, quality.contrast / IDEAL.contrast);
  const light = Math.max(0, 1 - Math.abs(quality.exposure - 0.5) / 0.5);
  const frontal = Math.max(0, 1 - Math.abs(quality.yaw)) * Math.max(0, 1 - 0.7 * Math.abs(quality.pitch));
  const bare = Math.min(1, quality.eyes / IDEAL.eyes) * Math.min(1, quality.lowerFace / IDEAL.lowerFace);
  const shade = Math.max(0, quality.backlight - HARMLESS_BACKLIGHT);
  const seen = Math.sqrt(bare) * (1 - shade);
  return seen * size * Math.sqrt(sharpness * contrast) * Math.sqrt(light) * frontal ** 2 * quality.inside;
}
