// One against one: the nearest template counts, and what cannot be compared is an error.
import { describe, expect, it } from 'vitest';
import { calibration } from './calibration.js';
import { verifyClaimed } from './verify-claimed.js';

const { modelId } = calibration;

/** A unit vector at this angle from the first axis, towards another axis. */
function turned(angle: number, towards = 1): Float32Array {
  const embedding = new Float32Array(128);
  embedding[0] = Math.cos(angle);
  embedding[towards] = Math.sin(angle);
  return embedding;
}

const face = (angle: number, towards?: number) => ({ modelId, embedding: turned(angle, towards) });
const claim = (probe: ReturnType<typeof face>, templates: ReturnType<typeof face>[]) =>
  verifyClaimed({ probe, templates, calibration });

describe('verifyClaimed', () => {
  it('knows the same face and another one', () => {
    expect(claim(face(0), [face(0.1)])).toEqual({ ok: true, value: 'same' });
    expect(claim(face(0), [face(0.6)])).toEqual({ ok: true, value: 'different' });
  });

  it('takes the nearest template, and is stricter when there are many', () => {
    expect(claim(face(0), [face(1.2, 2), face(0.1), face(1.2, 3)])).toEqual({ ok: true, value: 'same' });
    const borderline = face(0.345);
    const far = Array.from({ length: 7 }, (_, at) => face(1.5, at + 2));
    expect(claim(face(0), [borderline])).toEqual({ ok: true, value: 'same' });
    expect(claim(face(0), [borderline, ...far])).toEqual({ ok: true, value: 'different' });
  });

  it('refuses what cannot be compared', () => {
    expect(claim(face(0), [])).toEqual({ ok: false, error: 'TEMPLATES_NONE' });
    expect(claim({ ...face(0), modelId: 'other' }, [face(0)])).toEqual({
      ok: false,
      error: 'MODEL_MISMATCH',
    });
    expect(claim(face(0), [{ ...face(0), modelId: 'other' }])).toEqual({
      ok: false,
      error: 'MODEL_MISMATCH',
    });
    const short = { modelId, embedding: turned(0).slice(1) };
    expect(claim(short, [face(0)])).toEqual({ ok: false, error: 'EMBEDDING_LENGTH' });
    const long = { modelId, embedding: turned(0).map((value) => value * 2) };
    expect(claim(face(0), [long])).toEqual({ ok: false, error: 'EMBEDDING_NOT_UNIT' });
  });
});
