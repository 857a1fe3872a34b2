// One against one: whether a face is that of the person who was claimed by code and PIN. Says same or different and
// nothing else; a probe or a template that cannot be compared is an error, never "different".
import { type Result, err, ok } from '../../result/result.js';
import type { Calibration } from './calibration-type.js';
import type { GalleryError } from './gallery.js';
import type { Probe } from './search.js';
import { distanceAtRate } from './threshold.js';
import { checkEmbedding, distanceOfDot, unitOf } from './unit-embedding.js';

/** How often a stranger who knows code and PIN may pass as the claimed person. */
const FALSE_MATCH_RATE = 1e-3;

export interface Claim {
  readonly probe: Probe;
  /** All templates of the claimed person, of the probe's model. */
  readonly templates: readonly Probe[];
  /** Of the probe's model. */
  readonly calibration: Calibration;
}

/** Compares the probe with the nearest of the person's templates; each has an equal share of the false match rate. */
export function verifyClaimed(claim: Claim): Result<'same' | 'different', GalleryError | 'TEMPLATES_NONE'> {
  const { probe, templates, calibration } = claim;
  if (templates.length === 0) return err('TEMPLATES_NONE');
  if (probe.modelId !== calibration.modelId) return err('MODEL_MISMATCH');
  const face = unitEmbedding(probe);
  if (!face.ok) return face;
  let nearest = Infinity;
  for (const template of templates) {
    if (template.modelId !== probe.modelId) return err('MODEL_MISMATCH');
    const one = unitEmbedding(template);
    if (!one.ok) return one;
    nearest = Math.min(nearest, distanceOfDot(dotOf(face.value, one.value)));
    one.value.fill(0);
  }
  face.value.fill(0);
  return ok(
    nearest <= distanceAtRate(calibration, FALSE_MATCH_RATE / templates.length) ? 'same' : 'different',
  );
}

function unitEmbedding({ embedding }: Probe): Result<Float32Array, GalleryError> {
  const checked = checkEmbedding(embedding);
  return checked.ok ? ok(unitOf(checked.value)) : checked;
}

function dotOf(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
