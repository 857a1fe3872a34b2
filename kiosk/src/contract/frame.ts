// A frame on its way from the screen to the agent: a 16-byte header, then the pixels. Never a compressed picture.
import { type Result, err, ok } from '@hazri/shared/result';

const MAGIC = 0x465a_4148;
const HEADER_BYTES = 16;
export const FRAME_MAX_SIDE = 1920;

export interface RawFrame {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** Interleaved rows from the top left, 0..255. Shares memory with the message it was read from. */
  readonly data: Uint8Array;
  /** The screen's monotonic clock when the camera delivered the frame, in milliseconds. */
  readonly capturedMonoMs: number;
}

/** Layout, little-endian: u32 magic, u16 width, u16 height, u32 channels, f32 capturedMonoMs modulo 2^24, pixels. */
export function encodeFrame(frame: RawFrame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + frame.data.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, frame.width, true);
  header.setUint16(6, frame.height, true);
  header.setUint32(8, frame.channels, true);
  header.setFloat32(12, frame.capturedMonoMs % 2 ** 24, true);
  bytes.set(frame.data, HEADER_BYTES);
  return bytes;
}

export function decodeFrame(bytes: Uint8Array): Result<RawFrame, 'FRAME_MALFORMED'> {
  if (bytes.length < HEADER_BYTES) return err('FRAME_MALFORMED');
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = header.getUint16(4, true);
  const height = header.getUint16(6, true);
  const channels = header.getUint32(8, true);
  if (header.getUint32(0, true) !== MAGIC || (channels !== 3 && channels !== 4))
    return err('FRAME_MALFORMED');
  if (width < 16 || height < 16 || width > FRAME_MAX_SIDE || height > FRAME_MAX_SIDE)
    return err('FRAME_MALFORMED');
  const data = bytes.subarray(HEADER_BYTES);
  if (data.length !== width * height * channels) return err('FRAME_MALFORMED');
  return ok({ width, height, channels, data, capturedMonoMs: header.getFloat32(12, true) });
}
