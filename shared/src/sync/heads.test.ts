import { describe, expect, it } from 'vitest';
import { compareHeads } from './heads.js';

const hashAt = (seq: number): string | null => (seq >= 1 && seq <= 5 ? `hash-${String(seq)}` : null);
const local = { epoch: 2, seq: 5, hash: 'hash-5' };
const compare = (server: { epoch: number; seq: number; hash: string } | null, acknowledgedSeq = 3) =>
  compareHeads({ server, local, acknowledgedSeq, hashAt });

describe('heads', () => {
  it('agree when the server holds what was acknowledged, or more that we also hold', () => {
    expect(compare({ epoch: 2, seq: 3, hash: 'hash-3' })).toEqual({ kind: 'agrees' });
    expect(compare({ epoch: 2, seq: 5, hash: 'hash-5' })).toEqual({ kind: 'agrees' });
    expect(compare(null, 0)).toEqual({ kind: 'agrees' });
  });

  it('show a server that was restored from a backup', () => {
    expect(compare({ epoch: 2, seq: 1, hash: 'hash-1' })).toEqual({ kind: 'server-behind', serverSeq: 1 });
    expect(compare(null)).toEqual({ kind: 'server-behind', serverSeq: 0 });
  });

  it('show a tablet that was restored from an image', () => {
    expect(compare({ epoch: 2, seq: 6, hash: 'hash-6' })).toEqual({ kind: 'server-ahead' });
  });

  it('show a fork', () => {
    expect(compare({ epoch: 2, seq: 4, hash: 'other' })).toEqual({ kind: 'differs' });
  });

  it('show a server that was put back to a day of which nothing is kept here any more', () => {
    const keptAt = (seq: number): string | null => (seq >= 4 ? hashAt(seq) : null);
    const after = (server: { epoch: number; seq: number; hash: string } | null) =>
      compareHeads({ server, local, acknowledgedSeq: 4, hashAt: keptAt });
    expect(after(null)).toEqual({ kind: 'differs' });
    expect(after({ epoch: 2, seq: 1, hash: 'hash-1' })).toEqual({ kind: 'differs' });
  });
});
