// The frames that a liveness decision is made on: of a recording, a folder of pictures, or a single still.

import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UserError } from '@hazri/shared/result';
import type { Frame } from '../../engine/port.js';
import { readPicture } from './pictures.js';
import { FRAMES_PER_SECOND, isRecording, readRecording } from './recordings.js';

/** Every second frame of a recording is looked at: 15 a second, as a tablet manages. */
const FRAME_STEP = 2;
const PICTURES: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp'];

/** One frame and its time from the start. */
export interface TimedFrame {
  readonly frame: Frame;
  readonly atMs: number;
}

/** Frames in order; damaged ones are left out. Errors: those of `readRecording`, LIVENESS_NEEDS_RECORDING. */
export async function* readFrames(path: string): AsyncGenerator<TimedFrame> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    yield* readFolder(path);
    return;
  }
  if (!isRecording(path)) {
    throw new UserError(
      'LIVENESS_NEEDS_RECORDING',
      'A single picture says little about life; give a recording or a folder of frames, or use --stills.',
    );
  }
  for await (const { index, frame } of readRecording(path)) {
    if (frame && index % FRAME_STEP === 0) yield { frame, atMs: (index * 1000) / FRAMES_PER_SECOND };
  }
}

async function* readFolder(path: string): AsyncGenerator<TimedFrame> {
  const names = readdirSync(path)
    .filter((name) => PICTURES.includes(extname(name).toLowerCase()))
    .sort((a, b) => (a < b ? -1 : 1));
  if (names.length === 0) throw new UserError('PICTURE_MISSING', 'There is no picture in this folder.');
  for (const [index, name] of names.entries()) {
    if (index % FRAME_STEP !== 0) continue;
    yield { frame: await readPicture(join(path, name)), atMs: (index * 1000) / FRAMES_PER_SECOND };
  }
}
