// Looks for what must never be stored or sent: picture files and embeddings in clear, in any of the usual spellings.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Finding {
  readonly where: string;
  readonly what: string;
  readonly offset: number;
}

const PICTURES: readonly { what: string; magic: Buffer; holds?: (bytes: Buffer, at: number) => boolean }[] = [
  { what: 'JPEG', magic: Buffer.from('ffd8ffe0', 'hex') },
  { what: 'JPEG', magic: Buffer.from('ffd8ffe1', 'hex') },
  { what: 'JPEG', magic: Buffer.from('ffd8ffdb', 'hex') },
  { what: 'PNG', magic: Buffer.from('89504e470d0a1a0a', 'hex') },
  {
    what: 'WebP',
    magic: Buffer.from('RIFF'),
    holds: (bytes, at) => bytes.toString('latin1', at + 8, at + 12) === 'WEBP',
  },
  { what: 'data URL of a picture', magic: Buffer.from('data:image/jpeg') },
  { what: 'data URL of a picture', magic: Buffer.from('data:image/png') },
  { what: 'data URL of a picture', magic: Buffer.from('data:image/webp') },
];

/** Consecutive numbers that make a hit: four floats by chance are out of the question. */
const RUN = 4;

/** Every spelling of every run of an embedding's numbers that a leak could take. */
export function spellings(embedding: Float32Array): { what: string; bytes: Buffer }[] {
  const found: { what: string; bytes: Buffer }[] = [];
  for (let first = 0; first + RUN <= embedding.length; first += RUN) {
    const little = Buffer.alloc(RUN * 4);
    const big = Buffer.alloc(RUN * 4);
    for (let index = 0; index < RUN; index += 1) {
      little.writeFloatLE(embedding[first + index] ?? 0, index * 4);
      big.writeFloatBE(embedding[first + index] ?? 0, index * 4);
    }
    const text = Array.from(embedding.subarray(first, first + RUN), (value) => String(value)).join(',');
    found.push({ what: 'embedding as JSON', bytes: Buffer.from(text) });
    for (const [order, bytes] of [
      ['little-endian', little],
      ['big-endian', big],
    ] as const) {
      found.push({ what: `embedding, ${order}`, bytes });
      found.push({ what: `embedding, ${order}, hex`, bytes: Buffer.from(bytes.toString('hex')) });
      for (let shift = 0; shift < 3; shift += 1) {
        const inner = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
        const from = shift === 0 ? 0 : shift + 1;
        found.push({
          what: `embedding, ${order}, base64`,
          bytes: Buffer.from(inner.slice(from, Math.floor(((shift + bytes.length) * 8) / 6))),
        });
      }
    }
  }
  return found;
}

export function scanBytes(where: string, bytes: Buffer, embeddings: readonly Float32Array[]): Finding[] {
  const findings: Finding[] = [];
  const seek = (what: string, needle: Buffer, holds: (at: number) => boolean = () => true): void => {
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
      if (holds(at)) findings.push({ where, what, offset: at });
    }
  };
  for (const { what, magic, holds } of PICTURES) seek(what, magic, (at) => holds?.(bytes, at) ?? true);
  for (const embedding of embeddings) {
    for (const spelling of spellings(embedding)) seek(spelling.what, spelling.bytes);
  }
  return findings;
}

/** Scans every file below a folder. */
export function scanFolder(
  folder: string,
  embeddings: readonly Float32Array[],
  except: (file: string) => boolean = () => false,
): Finding[] {
  const findings: Finding[] = [];
  const visit = (at: string): void => {
    for (const name of readdirSync(at)) {
      const file = path.join(at, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat === undefined || except(file)) continue;
      if (stat.isDirectory()) visit(file);
      else if (stat.isFile()) findings.push(...scanBytes(file, readFileSync(file), embeddings));
    }
  };
  visit(folder);
  return findings;
}
