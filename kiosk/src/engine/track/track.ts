// Follows faces from frame to frame and decides who is being served. Pure: state in, state out; time comes in.
//
//   frame ─▶ match by overlap ─▶ tracks ─▶ serve the nearest, most centred ─▶ keep serving until clearly beaten

import { overlap } from '../detect/box.js';
import type { Box, FaceObservation } from '../port.js';

/** One person as far as the camera can tell. */
export interface Track {
  readonly id: number;
  readonly face: FaceObservation;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Frames in which the face was found. */
  readonly frames: number;
}

/** Everyone in view. */
export interface TrackState {
  readonly tracks: readonly Track[];
  /** Id of the track being served; null when nobody is in view. */
  readonly servedId: number | null;
  readonly nextId: number;
}

export const NOBODY: TrackState = { tracks: [], servedId: null, nextId: 1 };

export const TRACKING = {
  /** Least overlap (intersection over union) of one person's boxes in consecutive frames. */
  minOverlap: 0.25,
  /** A face that was not found for this long has left. */
  forgetMs: 800,
  /** How many times better another face must be placed before it is served instead. */
  takeOverRatio: 1.4,
} as const;

/** The state after a frame of `width × height` pixels taken at `atMs` (any monotonic clock). */
export function advanceTracks(
  state: TrackState,
  faces: readonly FaceObservation[],
  picture: { readonly width: number; readonly height: number },
  atMs: number,
): TrackState {
  const { tracks, nextId } = assign(state, faces, atMs);
  return { tracks, nextId, servedId: chooseServed(tracks, state.servedId, picture) };
}

/** The track being served; null when nobody is. */
export function servedTrack(state: TrackState): Track | null {
  return state.tracks.find((track) => track.id === state.servedId) ?? null;
}

/** Everyone else in view, nearest first. */
export function waitingTracks(state: TrackState): Track[] {
  return state.tracks
    .filter((track) => track.id !== state.servedId)
    .sort((a, b) => areaOf(b.face.box) - areaOf(a.face.box));
}

function assign(
  state: TrackState,
  faces: readonly FaceObservation[],
  atMs: number,
): { tracks: Track[]; nextId: number } {
  const pairs = state.tracks
    .flatMap((track) => faces.map((face) => ({ track, face, shared: overlap(track.face.box, face.box) })))
    .filter(({ shared }) => shared >= TRACKING.minOverlap)
    .sort((a, b) => b.shared - a.shared);
  const taken = new Map<FaceObservation, Track>();
  const matched = new Set<Track>();
  for (const { track, face } of pairs) {
    if (taken.has(face) || matched.has(track)) continue;
    taken.set(face, track);
    matched.add(track);
  }
  let { nextId } = state;
  const seen = faces.map((face): Track => {
    const track = taken.get(face);
    if (track) return { ...track, face, lastSeenMs: atMs, frames: track.frames + 1 };
    nextId += 1;
    return { id: nextId - 1, face, firstSeenMs: atMs, lastSeenMs: atMs, frames: 1 };
  });
  const missing = state.tracks.filter(
    (track) => !matched.has(track) && atMs - track.lastSeenMs <= TRACKING.forgetMs,
  );
  return { tracks: [...seen, ...missing], nextId };
}

function chooseServed(
  tracks: readonly Track[],
  servedId: number | null,
  picture: { readonly width: number; readonly height: number },
): number | null {
  const ranked = tracks
    .map((track) => ({ track, rank: prominence(track.face.box, picture) }))
    .sort((a, b) => b.rank - a.rank);
  const best = ranked[0];
  if (!best) return null;
  const served = ranked.find(({ track }) => track.id === servedId);
  if (served && best.rank < served.rank * TRACKING.takeOverRatio) return served.track.id;
  return best.track.id;
}

/** Larger for faces that are near and in the middle. */
export function prominence(box: Box, picture: { readonly width: number; readonly height: number }): number {
  const dx = (box.x + box.width / 2) / picture.width - 0.5;
  const dy = (box.y + box.height / 2) / picture.height - 0.5;
  const offCentre = Math.min(1, Math.hypot(dx, dy) / 0.7);
  return Math.sqrt(areaOf(box)) * (1 - 0.6 * offCentre);
}

function areaOf(box: Box): number {
  return box.width * box.height;
}
