// How a head is turned, as guided enrolment asks for it: measured against the same person looking straight ahead,
// because cameras hang low or aside and noses differ. Pure.
import type { TemplateInfo } from '@hazri/shared/protocol/event';
import type { FaceQuality } from '../engine/port.js';

export type Pose = TemplateInfo['pose'];

/** Scales of `FaceQuality`. */
export type Heading = Pick<FaceQuality, 'yaw' | 'pitch'>;

/**
 * Least and most turn away from straight ahead. Measured on recordings of turning heads: up to 0.65 a face stays within
 * 0.31 of the same person's front, while no stranger came nearer than 0.36; beyond it, both blur.
 */
const TURN = { least: 0.22, most: 0.65 } as const;
const RAISE = { least: 0.22, most: 0.8 } as const;
/** Straight ahead, and how far the other axis may be off in a turned pose. */
const STRAIGHT = { yaw: 0.15, pitch: 0.2 } as const;
const ASIDE = { yaw: 0.2, pitch: 0.4 } as const;

/** The heading that the others are measured from. */
export function meanHeading(headings: readonly Heading[]): Heading {
  const mean = (read: (heading: Heading) => number): number =>
    headings.reduce((sum, heading) => sum + read(heading), 0) / Math.max(1, headings.length);
  return { yaw: mean(({ yaw }) => yaw), pitch: mean(({ pitch }) => pitch) };
}

/** Null in between poses. Left and right are the person's own, as a mirror shows them. */
export function poseOf(heading: Heading, straight: Heading): Pose | null {
  const yaw = heading.yaw - straight.yaw;
  const pitch = heading.pitch - straight.pitch;
  if (Math.abs(yaw) <= STRAIGHT.yaw && Math.abs(pitch) <= STRAIGHT.pitch) return 'front';
  const isTurned = Math.abs(yaw) >= TURN.least && Math.abs(yaw) <= TURN.most;
  if (isTurned && Math.abs(pitch) <= ASIDE.pitch) return yaw > 0 ? 'left' : 'right';
  const isRaised = pitch >= RAISE.least && pitch <= RAISE.most;
  return isRaised && Math.abs(yaw) <= ASIDE.yaw ? 'up' : null;
}
