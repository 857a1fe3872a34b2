// The scan for pictures and embeddings is itself tested: everything it must find is planted once.
import { describe, expect, it } from 'vitest';
import { scanBytes } from '../support/biometric-scan.js';

const embedding = Float32Array.from({ length: 128 }, (_, index) => Math.sin(index * 12.9898) / 11.3);
const little = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
const big = Buffer.from(little).swap32();
const around = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from('noise before '), bytes, Buffer.from(' and after')]);

describe('scan for biometrics', () => {
  const planted: Record<string, Buffer> = {
    'little-endian': little,
    'big-endian': big,
    hex: Buffer.from(little.toString('hex')),
    'base64 at an offset of 0': Buffer.from(little.toString('base64')),
    'base64 at an offset of 1': Buffer.from(Buffer.concat([Buffer.from('x'), little]).toString('base64')),
    'base64 at an offset of 2': Buffer.from(Buffer.concat([Buffer.from('xy'), big]).toString('base64')),
    'a JSON array': Buffer.from(JSON.stringify(Array.from(embedding))),
    'a part only': little.subarray(64, 128),
  };
  for (const [name, bytes] of Object.entries(planted)) {
    it(`finds an embedding as ${name}`, () => {
      expect(scanBytes('here', around(bytes), [embedding])).not.toEqual([]);
    });
  }

  const pictures: Record<string, Buffer> = {
    JPEG: Buffer.from('ffd8ffe000104a464946', 'hex'),
    PNG: Buffer.from('89504e470d0a1a0a0000', 'hex'),
    WebP: Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'),
    'a data URL': Buffer.from('data:image/jpeg;base64,AAAA'),
  };
  for (const [name, bytes] of Object.entries(pictures)) {
    it(`finds ${name}`, () => {
      expect(scanBytes('here', around(bytes), [])).not.toEqual([]);
    });
  }

  it('finds nothing where nothing is', () => {
    const other = Float32Array.from(embedding, (value) => -value);
    expect(scanBytes('here', around(Buffer.from(JSON.stringify(Array.from(other)))), [embedding])).toEqual(
      [],
    );
  });
});
