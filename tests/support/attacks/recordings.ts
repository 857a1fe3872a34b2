// The recorded people as sources of attacks, and what each of them does in front of the camera.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { splitJpegs } from '../../../kiosk/src/commands/face/jpeg-stream.js';
import { decodePicture } from '../../../kiosk/src/commands/face/pictures.js';
import {
  nameMovement,
  readExpression,
  restOf,
} from '../../../kiosk/src/engine/liveness/challenge/expression.js';
import type { Action } from '../../../kiosk/src/engine/liveness/challenge/sequence.js';
import type { FaceEngine, FaceObservation, Frame } from '../../../kiosk/src/engine/port.js';
import { FRAMES_PER_SECOND, type Presentation, type Source } from './picture.js';

const root = path.resolve(import.meta.dirname, '../../..');
export const recordingsFolder = path.join(
  process.env['HAZRI_TEST_DATA'] ?? path.join(root, '../shared/data'),
  'feeds',
);
export const hasRecordings = existsSync(recordingsFolder);
if (!hasRecordings) {
  console.warn(`NOTE: no recordings at ${recordingsFolder} (HAZRI_TEST_DATA): made attacks are not tried.`);
}

export interface Recording extends Source {
  readonly name: string;
  readonly isLive: boolean;
  /** Number of the person; thresholds were set on the odd ones. */
  readonly person: number;
}

/** All recordings, by name. Frames are unpacked when they are asked for. */
export function readRecordings(): Recording[] {
  if (!hasRecordings) return [];
  return readdirSync(recordingsFolder)
    .filter((file) => file.endsWith('.mjpeg'))
    .sort()
    .map((file) => {
      let jpegs: Uint8Array[] | undefined;
      const load = (): Uint8Array[] =>
        (jpegs ??= [...splitJpegs(readFileSync(path.join(recordingsFolder, file)))]);
      return {
        name: file.replace('.mjpeg', ''),
        isLive: file.startsWith('live'),
        person: Number(/p(\d+)/.exec(file)?.[1] ?? 0),
        get length() {
          return load().length;
        },
        async frame(index: number): Promise<Frame> {
          const jpeg = load()[index];
          if (!jpeg) throw new Error(`no frame ${String(index)} in ${file}`);
          return decodePicture(jpeg);
        },
      };
    });
}

/** Part of a recording from rest to a held movement. */
export interface Movement {
  readonly action: Action;
  readonly first: number;
  readonly peak: number;
}

/** What a person does in a recording: frontal frames, a stretch at rest, and movements that begin at rest. */
export interface Performance {
  readonly frontal: readonly number[];
  readonly calm: number;
  readonly faces: readonly (FaceObservation | null)[];
  readonly movements: readonly Movement[];
}

const CALM_FRAMES = 16;
const HELD_FRAMES = 9;
const FRONTAL_YAW = 0.15;

export async function readPerformance(engine: FaceEngine, recording: Recording): Promise<Performance> {
  const faces: (FaceObservation | null)[] = [];
  for (let index = 0; index < recording.length; index += 1) {
    faces.push((await engine.observe(await recording.frame(index)))[0] ?? null);
  }
  const frontal = faces.flatMap((face, index) =>
    face && Math.abs(face.quality.yaw) < FRONTAL_YAW ? [index] : [],
  );
  const rest = restOf(frontal.flatMap((index) => (faces[index] ? [readExpression(faces[index])] : [])));
  const names = faces.map((face) => (face ? nameMovement(readExpression(face), rest) : 'between'));
  const calm = names.findIndex(
    (_, index) =>
      names.slice(index, index + CALM_FRAMES).filter((name) => name === 'rest').length === CALM_FRAMES,
  );
  return { frontal, calm, faces, movements: calm < 0 ? [] : findMovements(names) };
}

function findMovements(names: readonly (Action | 'rest' | 'between')[]): Movement[] {
  const movements: Movement[] = [];
  let index = 0;
  while (index < names.length) {
    const name = names[index] ?? 'rest';
    let end = index;
    while (end < names.length && names[end] === name) end += 1;
    const first = names.lastIndexOf('rest', index);
    const way = names.slice(first, index);
    const isStraight = first >= 0 && way.every((on) => on === 'rest' || on === 'between' || on === name);
    if (name !== 'rest' && name !== 'between' && end - index >= HELD_FRAMES && isStraight) {
      movements.push({ action: name, first, peak: Math.min(end - 1, index + 14) });
    }
    index = end;
  }
  return movements;
}

/** The recorded person, doing what is asked a while after it is asked, forth and back, and else at rest. */
export function cooperating(
  recording: Recording,
  performance: Performance,
  reactionMs: number,
): Presentation & { asked(action: Action, atMs: number): void } {
  let order: { readonly movement: Movement; readonly fromMs: number } | null = null;
  const at = (sinceMs: number): number => Math.floor((sinceMs * FRAMES_PER_SECOND) / 1000);
  return {
    asked(action, atMs) {
      const movement = performance.movements.find((one) => one.action === action);
      if (movement) order = { movement, fromMs: atMs + reactionMs };
    },
    frameAt(atMs) {
      if (order && atMs >= order.fromMs) {
        const { first, peak } = order.movement;
        const played = at(atMs - order.fromMs);
        const index = played <= peak - first ? first + played : peak - (played - (peak - first));
        if (index >= first) return recording.frame(index);
        order = null;
      }
      const span = CALM_FRAMES - 1;
      const swing = at(atMs) % (2 * span);
      return recording.frame(performance.calm + (swing < span ? swing : 2 * span - swing));
    },
  };
}
