// How alike a probe and the nearest people are, in one number that can be compared between people. The plain cosine
// cannot: faces from where the network crowds people together are near to everybody, and so is the mean of several
// pictures. Both are taken off here. Numbers stay on the server; see docs/matching.md for what each part is worth.
import { type Result, err, ok } from '../../result/result.js';
import type { Calibration } from './calibration-type.js';
import type { Gallery, GalleryError } from './gallery.js';
import { type Probe, searchNearest } from './search.js';
import { unitOf } from './unit-embedding.js';

/** A person of the gallery and how alike the probe is; larger is more alike. Must never leave the server. */
export interface RankedPerson {
  readonly personId: string;
  readonly likeness: number;
}

/** The most alike people first, and out of how many. */
export interface Ranking {
  readonly people: number;
  readonly candidates: readonly RankedPerson[];
}

/** So many of the nearest people are looked at closely. */
const CANDIDATES = 10;
/** Where a candidate's own nearest other person says something: measured from here to there, with one picture each. */
const LOCAL_PEOPLE = { from: 300, to: 2000 } as const;
const LOCAL_WEIGHT = 0.1;
const NEIGHBOURS = 3;
/** A sum of unit vectors shorter than the root of this points nowhere. */
const LEAST_SQUARES = 1e-6;
/** Only these can become the best one or its rival by it. */
const CLOSEST = 3;

/** Ranks the people of a gallery for one probe. A probe of another model, length or norm is an error. */
export function rankPeople(
  gallery: Gallery,
  probe: Probe,
  calibration: Calibration,
): Result<Ranking, GalleryError> {
  if (calibration.modelId !== gallery.modelId) return err('MODEL_MISMATCH');
  const found = searchNearest(gallery, probe, CANDIDATES);
  if (!found.ok) return found;
  const people = gallery.personCount;
  const face = unitOf(probe.embedding);
  const ranked = found.value.map(({ personId }) => {
    const person = centreOf(gallery, personId, calibration);
    return { personId, person, likeness: likenessOf(face, person, calibration) };
  });
  ranked.sort((a, b) => b.likeness - a.likeness);
  const candidates = ranked.map(({ personId, person, likeness }, at) => {
    const crowd = at < CLOSEST ? crowdAround(gallery, personId, person, calibration) : 0;
    person.centre.fill(0);
    return { personId, likeness: likeness - crowd };
  });
  face.fill(0);
  return ok({ people, candidates: candidates.sort((a, b) => b.likeness - a.likeness) });
}

interface Person {
  /** Mean direction of the person's templates, unit length; zeroed after use. */
  readonly centre: Float32Array;
  readonly templates: number;
  /** What is taken off for crowding and for being a mean of several. */
  readonly handicap: number;
}

function centreOf(gallery: Gallery, personId: string, calibration: Calibration): Person {
  const templates = gallery.templatesOf(personId);
  const sum = new Float32Array(calibration.crowding.length);
  for (const { embedding } of templates) {
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (embedding[at] ?? 0);
  }
  // Opposite templates have no mean direction; one of them is better than no number.
  const [first] = templates;
  const centre = unitOf(first && dotOf(sum, sum) < LEAST_SQUARES ? first.embedding : sum);
  sum.fill(0);
  const { fused } = calibration;
  const several = fused[Math.min(templates.length, fused.length) - 1] ?? 0;
  return { centre, templates: templates.length, handicap: several + dotOf(calibration.crowding, centre) };
}

const likenessOf = (face: Float32Array, person: Person, { crowding }: Calibration): number =>
  dotOf(face, person.centre) - dotOf(crowding, face) - person.handicap;

/** What is taken off because somebody else in this gallery is more like the candidate than usual; 0 where that does not help. */
function crowdAround(gallery: Gallery, personId: string, person: Person, calibration: Calibration): number {
  const { personCount, modelId } = gallery;
  const helps = personCount >= LOCAL_PEOPLE.from && personCount <= LOCAL_PEOPLE.to && person.templates === 1;
  if (!helps) return 0;
  const near = searchNearest(gallery, { modelId, embedding: person.centre }, NEIGHBOURS + 1);
  if (!near.ok) return 0;
  const others = near.value.filter((other) => other.personId !== personId);
  const likeness = others.map((other) => {
    const neighbour = centreOf(gallery, other.personId, calibration);
    const alike = likenessOf(person.centre, neighbour, calibration);
    neighbour.centre.fill(0);
    return alike;
  });
  return LOCAL_WEIGHT * (Math.max(...likeness) - calibration.usualRival);
}

function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < b.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
