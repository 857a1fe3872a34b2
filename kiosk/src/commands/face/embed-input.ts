// What `face embed` says about one picture or recording. Works the same in this process and in a worker.

import { UserError } from '@hazri/shared/result';
import type { FaceEngine, Frame } from '../../engine/port.js';
import { errorObject } from '../output.js';
import { chooseFaces, describeFace, noTimes, roundTimes, type EmbedOptions } from './face-answer.js';
import { fuseRecording } from './fuse-recording.js';
import type { Input } from './inputs.js';
import { readPicture } from './pictures.js';
import { FRAMES_PER_SECOND, isRecording, readRecording } from './recordings.js';

/** The output objects for one input, in order. A bad input is an object with `error`. */
export async function* embedInput(
  engine: FaceEngine,
  input: Input,
  options: EmbedOptions,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  try {
    if (!isRecording(input.path)) {
      const frame = await readPicture(input.path);
      yield { path: input.name, ...(await embedFrame(engine, frame, options, true)) };
    } else if (options.isPerFrame) {
      yield* embedEachFrame(engine, input, options);
    } else {
      yield { path: input.name, ...(await fuseRecording(engine, input.path, options)) };
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield { path: input.name, ...errorObject(error) };
  }
}

async function* embedEachFrame(
  engine: FaceEngine,
  input: Input,
  options: EmbedOptions,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for await (const { index, frame } of readRecording(input.path)) {
    const place = { path: input.name, frame: index, atMs: Math.round((index * 1000) / FRAMES_PER_SECOND) };
    if (frame) yield { ...place, ...(await embedFrame(engine, frame, options, false)) };
    else yield { ...place, ...errorObject(new UserError('PICTURE_UNREADABLE', 'This frame is damaged.')) };
  }
}

async function embedFrame(
  engine: FaceEngine,
  frame: Frame,
  options: EmbedOptions,
  everyone: boolean,
): Promise<Readonly<Record<string, unknown>>> {
  const times = noTimes();
  const found = await engine.observe(frame, { everyone, careful: options.careful, times });
  const faces = [];
  for (const face of chooseFaces(found, frame, options.choice)) {
    faces.push(describeFace(face, await engine.embed(frame, face.landmarks, times)));
  }
  return { faces, ms: roundTimes(times) };
}
