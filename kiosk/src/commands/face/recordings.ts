// Recordings into frames: Motion JPEG by ourselves, anything else through ffmpeg where it is installed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { UserError } from '@hazri/shared/result';
import type { Frame } from '../../engine/port.js';
import { splitJpegs } from './jpeg-stream.js';
import { decodePicture, readBytes } from './pictures.js';

/** Raw Motion JPEG carries no rate; recordings are taken at this one. */
export const FRAMES_PER_SECOND = 30;

const MOTION_JPEG: readonly string[] = ['.mjpeg', '.mjpg'];
const THROUGH_FFMPEG: readonly string[] = [
  '.mp4',
  '.m4v',
  '.mov',
  '.webm',
  '.mkv',
  '.avi',
  '.mpg',
  '.mpeg',
  '.3gp',
];
/** A recording is taken into memory as compressed pictures; this is about an hour at tablet quality. */
const MOST_BYTES = 2_000_000_000;

export function isRecording(path: string): boolean {
  const extension = extname(path).toLowerCase();
  return MOTION_JPEG.includes(extension) || THROUGH_FFMPEG.includes(extension);
}

/** One frame of a recording; `frame` is null where the picture is damaged. */
export interface RecordedFrame {
  readonly index: number;
  readonly frame: Frame | null;
}

/**
 * The frames of a recording in order. Errors: PICTURE_MISSING, PICTURE_EMPTY, RECORDING_UNREADABLE,
 * RECORDING_NEEDS_FFMPEG, RECORDING_TOO_LARGE.
 */
export async function* readRecording(path: string): AsyncGenerator<RecordedFrame> {
  const isMotionJpeg = MOTION_JPEG.includes(extname(path).toLowerCase());
  const bytes = isMotionJpeg ? await readBytes(path) : await convert(path);
  let index = 0;
  for (const jpeg of splitJpegs(bytes)) {
    yield { index, frame: await decodeOrNull(jpeg) };
    index += 1;
  }
  if (index === 0) throw unreadable();
}

async function decodeOrNull(jpeg: Uint8Array): Promise<Frame | null> {
  try {
    return await decodePicture(jpeg);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function convert(path: string): Promise<Uint8Array> {
  await readBytes(path);
  const rate = String(FRAMES_PER_SECOND);
  const filter = ['-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '2', '-r', rate, '-'];
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-i', `file:${path}`, ...filter], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const parts: Buffer[] = [];
  let length = 0;
  child.stdout.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length > MOST_BYTES) child.kill();
  });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (length > MOST_BYTES)
      throw new UserError('RECORDING_TOO_LARGE', 'The recording is too long; cut it first.');
    if (code !== 0 && parts.length === 0) throw unreadable();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      'RECORDING_NEEDS_FFMPEG',
      'Only Motion JPEG is read without ffmpeg; install ffmpeg or convert the recording.',
    );
  }
  return Buffer.concat(parts);
}

function unreadable(): UserError {
  return new UserError(
    'RECORDING_UNREADABLE',
    'The file holds no whole picture; it may be damaged or cut off.',
  );
}
