// What goes wrong before a camera, on the real engine: every case ends in an outcome that has a name, and nobody is
// taken for somebody else. The pictures are made from live frames (tests/support/staged.ts).
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckInEvidence } from '../../kiosk/src/agent/evidence.js';
import { embedFace } from '../../kiosk/src/agent/face.js';
import { readSight } from '../../kiosk/src/agent/sight.js';
import { decodeFrame, encodeFrame } from '../../kiosk/src/contract/frame.js';
import { distanceBetween } from '../../kiosk/src/engine/embed/unit.js';
import { createLivenessCheck } from '../../kiosk/src/engine/liveness/liveness-check.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import type { FaceEngine, FaceObservation, Frame } from '../../kiosk/src/engine/port.js';
import { CHECK_IN_LIMITS, ENROLMENT_LIMITS } from '../../kiosk/src/engine/quality/thresholds.js';
import { NOBODY, advanceTracks, servedTrack } from '../../kiosk/src/engine/track/track.js';
import { performers } from '../support/feeds.js';
import {
  withHairOverEyes,
  withInset,
  withLightFromBehind,
  withMask,
  withMotionBlur,
  withMove,
  withSunglasses,
} from '../support/staged.js';

const CHECK_IN = { limits: CHECK_IN_LIMITS, isStrict: false, asksForTurn: false };
const ENROLMENT = { limits: ENROLMENT_LIMITS, isStrict: true, asksForTurn: false };
/** Frames of one person lie nearer than this; the nearest of 14 strangers at 0.36. */
const SAME_FACE = 0.2;

let engine: FaceEngine;
let frames: Frame[];
let other: Frame;
let live: Frame;
let face: FaceObservation;
let centre: { x: number; y: number };

async function decode(jpeg: Buffer): Promise<Frame> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  const film = await performers.first.again();
  frames = await Promise.all(film.slice(0, 60).map(decode));
  other = await decode((await performers.second.again())[0]!);
  live = frames[0]!;
  const [first] = await engine.observe(live);
  if (first === undefined) throw new Error('the film shows nobody');
  face = first;
  centre = { x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 };
}, 60_000);
afterAll(() => engine.close());

async function sightOf(frame: Frame, rules = CHECK_IN) {
  const seen = await engine.observe(frame, { everyone: true });
  return readSight(advanceTracks(NOBODY, seen, frame, 0), frame, rules, null);
}
const hintOf = async (frame: Frame, rules = CHECK_IN) => (await sightOf(frame, rules)).served?.hint;

describe('one person', () => {
  it('as they should stand is asked for nothing', async () => {
    expect(await hintOf(live)).toBeNull();
  });

  it.each([
    ['a light blue mask', [120, 170, 215]],
    ['a white mask', [235, 235, 235]],
    ['a black mask', [35, 35, 38]],
  ] as const)('with %s is asked to show mouth and chin', async (_name, colour) => {
    const masked = withMask(live, face.landmarks, colour);
    expect(await hintOf(masked)).toBe('UNCOVER_FACE');
    expect(await hintOf(masked, ENROLMENT)).toBe('UNCOVER_FACE');
  });

  it('with sunglasses is asked to show the eyes', async () => {
    expect(await hintOf(withSunglasses(live, face.landmarks))).toBe('UNCOVER_EYES');
    expect(await hintOf(withSunglasses(live, face.landmarks), ENROLMENT)).toBe('UNCOVER_EYES');
  });

  it('with hair over both eyes is asked to show them, where a face is seen at all', async () => {
    expect([undefined, 'UNCOVER_EYES']).toContain(await hintOf(withHairOverEyes(live, face.landmarks)));
  });

  it('before a bright window is told so', async () => {
    expect(await hintOf(withLightFromBehind(live, face.landmarks))).toBe('LIGHT_BEHIND');
  });

  it('who moves too fast is asked to hold still', async () => {
    expect(await hintOf(withMotionBlur(live, Math.round(face.quality.interocularPx / 2)))).toBe('HOLD_STILL');
  });

  it('at the border is asked to the middle', async () => {
    const at = (toX: number) => withMove(live, { ...centre, toX, toY: live.height / 2, scale: 1 });
    const hints: unknown[] = [];
    // Of the very last of it the detector may make nothing at all.
    for (const share of [0.15, 0.1, 0.05, 0]) hints.push(await hintOf(at(face.box.width * share), ENROLMENT));
    expect(hints).toContain('MOVE_TO_MIDDLE');
  });

  it('who stands small and low, as a child does, is asked nearer, and is otherwise anybody', async () => {
    const reach = 22 / face.quality.interocularPx;
    const low = { ...centre, toX: live.width / 2, toY: live.height * 0.75 };
    expect(await hintOf(withMove(live, { ...low, scale: reach }))).toBe('MOVE_CLOSER');
  });

  it('on a portrait of 4,000 px is the same face, and no screen may send such a picture', async () => {
    const jpeg = (await performers.first.again())[0]!;
    const width = 4_000;
    const portrait = await decode(await sharp(jpeg).resize(width).jpeg().toBuffer());
    const [found] = await engine.observe(portrait);
    expect(found).toBeDefined();
    const [large, small] = [
      await engine.embed(portrait, found!.landmarks),
      await engine.embed(live, face.landmarks),
    ];
    expect(distanceBetween(large, small)).toBeLessThan(SAME_FACE);
    const sent = encodeFrame({ ...portrait, data: new Uint8Array(portrait.data), capturedMonoMs: 0 });
    expect(decodeFrame(sent)).toEqual({ ok: false, error: 'FRAME_MALFORMED' });
  });
});

describe('more than one face', () => {
  it('of equal size: one is served, the other is told to wait', async () => {
    const narrow = (frame: Frame, toX: number) =>
      withMove(frame, { ...centre, toX, toY: frame.height / 2, scale: 0.7 });
    const left = narrow(live, live.width / 4);
    const both = withInset(left, leftHalf(left), { left: left.width / 2, top: 0, width: left.width / 2 });
    const seen = await sightOf(both, ENROLMENT);
    expect(seen.served).not.toBeNull();
    expect(seen.othersWait).toBe(true);
  });

  it('a print held beside a person: the person is followed, and only their frames count', async () => {
    const evidence = new CheckInEvidence(1, createLivenessCheck('none', { below: () => 0 }), 0);
    let tracks = NOBODY;
    const print = { left: 8, top: 8, width: Math.round(live.width * 0.28) };
    for (const [index, frame] of frames.entries()) {
      const staged = withInset(frame, other, print);
      const seen = await engine.observe(staged, { everyone: true });
      tracks = advanceTracks(tracks, seen, staged, index * 33);
      const served = servedTrack(tracks);
      expect(served?.face.box.width).toBeGreaterThan(face.box.width * 0.6);
      if (served === null || !seen.includes(served.face)) continue;
      evidence.see(staged, served.face, index * 33);
      if (evidence.wants(served.face)) {
        expect(evidence.take(await embedFace(engine, staged, served.face), served.face)).toBe(true);
      }
    }
    const concluded = evidence.conclude();
    const own = await engine.embed(live, face.landmarks);
    expect(distanceBetween(concluded!.face.current, own)).toBeLessThan(SAME_FACE);
  }, 30_000);

  it('a print held before a person is never live', async () => {
    const evidence = new CheckInEvidence(1, createLivenessCheck('none', { below: () => 0 }), 0);
    const large = withMove(other, { x: other.width / 2, y: other.height / 2, toX: 320, toY: 240, scale: 1 });
    for (const [index, frame] of frames.entries()) {
      const staged = withInset(frame, large, { left: 20, top: 20, width: live.width - 40 });
      const [seen] = await engine.observe(staged);
      if (seen === undefined) continue;
      evidence.see(staged, seen, index * 33);
      if (evidence.wants(seen)) evidence.take(await embedFace(engine, staged, seen), seen);
      expect(evidence.status().kind).not.toBe('complete');
    }
    expect(evidence.conclude()?.liveness.decision).not.toBe('live');
  }, 30_000);
});

/** The left half of a picture. */
function leftHalf({ data, width, height, channels }: Frame): Frame {
  const half = width / 2;
  const rows = new Uint8ClampedArray(half * height * channels);
  for (let y = 0; y < height; y += 1) {
    rows.set(data.subarray(y * width * channels, (y * width + half) * channels), y * half * channels);
  }
  return { data: rows, width: half, height, channels };
}
