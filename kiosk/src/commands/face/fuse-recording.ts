// One recording as one answer: follow each person through it, keep the best frames, embed and fuse them.
// Holds a handful of frames per person at a time, however long the recording is.

import { distanceBetween } from '../../engine/embed/unit.js';
import { fuseEmbeddings, OUTLIER_DISTANCE, type EmbeddedFrame } from '../../engine/fuse/fuse.js';
import type { FaceEngine, FaceObservation, Frame, StageTimes } from '../../engine/port.js';
import { qualityScore } from '../../engine/quality/thresholds.js';
import { advanceTracks, NOBODY } from '../../engine/track/track.js';
import { chooseFaces, describeFace, noTimes, roundTimes, type EmbedOptions } from './face-answer.js';
import { FRAMES_PER_SECOND, readRecording } from './recordings.js';

const FRAMES_PER_PERSON = 8;
/** Neighbouring frames say the same thing; kept frames lie at least this far apart. */
const FRAMES_APART = 5;
/** A face seen in fewer frames than this share of the longest-seen one was a mistake or a passer-by. */
const LEAST_SHARE = 0.1;

interface Candidate {
  readonly index: number;
  readonly frame: Frame;
  readonly face: FaceObservation;
  readonly quality: number;
}

interface Person {
  seen: number;
  candidates: Candidate[];
}

interface FusedPerson {
  readonly best: FaceObservation;
  readonly embedded: readonly EmbeddedFrame[];
  readonly embedding: Float32Array;
  readonly frames: number;
}

/** `{frames, faces, ms}`: frames read, people largest first, time per stage summed over the recording. */
export async function fuseRecording(
  engine: FaceEngine,
  path: string,
  options: EmbedOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const times = noTimes();
  const { people, frames, picture } = await follow(engine, path, options, times);
  const longest = Math.max(0, ...people.map(({ seen }) => seen));
  const fused: FusedPerson[] = [];
  for (const person of people.filter(({ seen }) => seen >= longest * LEAST_SHARE)) {
    addPerson(fused, await embedCandidates(engine, person.candidates, times));
  }
  const chosen = chooseFaces(
    fused.map(({ best }) => best),
    picture,
    options.choice,
  );
  const faces = fused
    .filter(({ best }) => chosen.includes(best))
    .sort((a, b) => areaOf(b.best) - areaOf(a.best))
    .map((person) => ({ ...describeFace(person.best, person.embedding), frames: person.frames }));
  return { frames, faces, ms: roundTimes(times) };
}

async function follow(
  engine: FaceEngine,
  path: string,
  options: EmbedOptions,
  times: StageTimes,
): Promise<{ people: Person[]; frames: number; picture: { width: number; height: number } }> {
  const people = new Map<number, Person>();
  let state = NOBODY;
  let frames = 0;
  let picture = { width: 0, height: 0 };
  for await (const { index, frame } of readRecording(path)) {
    frames += 1;
    if (!frame) continue;
    picture = { width: frame.width, height: frame.height };
    const faces = await engine.observe(frame, { careful: options.careful, times });
    const atMs = (index * 1000) / FRAMES_PER_SECOND;
    state = advanceTracks(state, faces, picture, atMs);
    for (const track of state.tracks) {
      if (track.lastSeenMs !== atMs) continue;
      const person = people.get(track.id) ?? { seen: 0, candidates: [] };
      people.set(track.id, person);
      person.seen += 1;
      keepBest(person, { index, frame, face: track.face, quality: qualityScore(track.face.quality) });
    }
  }
  return { people: [...people.values()], frames, picture };
}

function keepBest(person: Person, candidate: Candidate): void {
  const near = person.candidates.filter((other) => candidate.index - other.index < FRAMES_APART);
  if (near.some((other) => other.quality >= candidate.quality)) return;
  person.candidates = [...person.candidates.filter((other) => !near.includes(other)), candidate];
  if (person.candidates.length <= FRAMES_PER_PERSON) return;
  const worst = person.candidates.reduce((a, b) => (b.quality < a.quality ? b : a));
  person.candidates = person.candidates.filter((other) => other !== worst);
}

async function embedCandidates(
  engine: FaceEngine,
  candidates: readonly Candidate[],
  times: StageTimes,
): Promise<{ best: FaceObservation; embedded: EmbeddedFrame[] } | null> {
  const embedded: EmbeddedFrame[] = [];
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    const embedding = await engine.embed(candidate.frame, candidate.face.landmarks, times);
    embedded.push({ embedding, quality: candidate.quality });
    if (!best || candidate.quality > best.quality) best = candidate;
  }
  return best ? { best: best.face, embedded } : null;
}

/** Adds a person, or joins it to the one it is: somebody who left the picture for a moment comes back as new. */
function addPerson(
  fused: FusedPerson[],
  person: { best: FaceObservation; embedded: readonly EmbeddedFrame[] } | null,
): void {
  const alone = person ? fuseEmbeddings(person.embedded) : null;
  if (!person || !alone) return;
  const twin = fused.findIndex(
    (other) => distanceBetween(other.embedding, alone.embedding) < OUTLIER_DISTANCE,
  );
  const other = fused[twin];
  const embedded = other ? [...other.embedded, ...person.embedded] : person.embedded;
  const together = fuseEmbeddings(embedded) ?? alone;
  const best = other && areaOf(other.best) > areaOf(person.best) ? other.best : person.best;
  const result = { best, embedded, embedding: together.embedding, frames: together.frames };
  if (other) fused[twin] = result;
  else fused.push(result);
}

function areaOf(face: FaceObservation): number {
  return face.box.width * face.box.height;
}
