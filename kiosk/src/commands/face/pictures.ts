// Pictures from files into frames. Every bad picture ends in a UserError with a stable code; none ends the process.

import { readFile } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { UserError } from '@hazri/shared/result';
import type { Frame } from '../../engine/port.js';

/** Pictures with more pixels than this are refused before they are unpacked. */
const MOST_PIXELS = 64_000_000;
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp'];

/** Reads a picture file. Errors: PICTURE_MISSING, PICTURE_EMPTY, PICTURE_TOO_LARGE, PICTURE_FORMAT, PICTURE_UNREADABLE. */
export async function readPicture(path: string): Promise<Frame> {
  return decodePicture(await readBytes(path));
}

/** Reads a whole file. Errors: PICTURE_MISSING, PICTURE_EMPTY. */
export async function readBytes(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError('PICTURE_MISSING', isAbsent ? 'There is no such file.' : 'The file cannot be read.');
  }
  if (bytes.length === 0) throw new UserError('PICTURE_EMPTY', 'The file is empty.');
  return bytes;
}

/** Unpacks JPEG, PNG or WebP into upright 8-bit RGB, whatever its depth, colour model or orientation. */
export async function decodePicture(bytes: Uint8Array): Promise<Frame> {
  await checkHeader(bytes);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error('not three channels');
    return { width: info.width, height: info.height, channels: 3, data };
  } catch {
    throw unreadable();
  }
}

async function checkHeader(bytes: Uint8Array): Promise<void> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw unreadable();
  }
  if (!FORMATS.includes(header.format)) {
    throw new UserError('PICTURE_FORMAT', 'The picture is not a JPEG, PNG or WebP.');
  }
  if (header.width * header.height > MOST_PIXELS) {
    const most = String(MOST_PIXELS / 1e6);
    throw new UserError(
      'PICTURE_TOO_LARGE',
      `The picture has more than ${most} million pixels; make it smaller.`,
    );
  }
}

function unreadable(): UserError {
  return new UserError(
    'PICTURE_UNREADABLE',
    'The file is not a whole picture; it may be damaged or cut off.',
  );
}
