// Splits a Motion-JPEG stream into its pictures by walking JPEG's own segments, so that a thumbnail inside a
// picture's metadata is never taken for a picture. Source: ITU-T T.81, Annex B.

const MARKER = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;
const hasNoLength = (code: number): boolean => isRestart(code) || code === 0x01;

/** Each whole picture in `bytes`, in order, as views into it. A cut-off last picture is left out. */
export function* splitJpegs(bytes: Uint8Array): Generator<Uint8Array> {
  let at = 0;
  for (;;) {
    const start = findStart(bytes, at);
    if (start < 0) return;
    const end = findEnd(bytes, start + 2);
    if (end > 0) yield bytes.subarray(start, end);
    at = end > 0 ? end : start + 2;
  }
}

function findStart(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(MARKER, from);
  while (at >= 0 && !(bytes[at + 1] === START_OF_IMAGE && bytes[at + 2] === MARKER)) {
    at = bytes.indexOf(MARKER, at + 1);
  }
  return at;
}

/** Position after the picture's end marker, or −1 when the stream ends or is damaged first. */
function findEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== MARKER) return -1;
    const code = bytes[at + 1] ?? 0;
    if (code === END_OF_IMAGE) return at + 2;
    if (code === START_OF_IMAGE) return -1;
    if (code === MARKER) {
      at += 1;
    } else if (hasNoLength(code)) {
      at += 2;
    } else {
      at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
      if (code === START_OF_SCAN) at = skipScan(bytes, at);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Position of the first marker after compressed data, where 0xFF is followed by 0x00 or a restart number. */
function skipScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(MARKER, from);
  while (at >= 0) {
    const code = bytes[at + 1] ?? 0;
    if (code !== 0 && !isRestart(code)) return at;
    at = bytes.indexOf(MARKER, at + 2);
  }
  return -1;
}
