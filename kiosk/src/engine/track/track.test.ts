import { describe, expect, it } from 'vitest';
import type { FaceObservation } from '../port.js';
import { advanceTracks, NOBODY, servedTrack, TRACKING, waitingTracks } from './track.js';

const picture = { width: 640, height: 480 };

function face(x: number, y: number, side: number): FaceObservation {
  const quality = {
    interocularPx: 0,
    sharpness: 0,
    exposure: 0,
    contrast: 0,
    yaw: 0,
    pitch: 0,
    rollDeg: 0,
    inside: 1,
    eyes: 0,
    lowerFace: 0,
    backlight: 0,
  };
  return { box: { x, y, width: side, height: side }, score: 0.9, landmarks: new Float32Array(136), quality };
}

describe('advanceTracks', () => {
  it('keeps one track for a face that moves a little', () => {
    let state = advanceTracks(NOBODY, [face(200, 100, 200)], picture, 0);
    state = advanceTracks(state, [face(215, 105, 205)], picture, 33);
    expect(state.tracks).toHaveLength(1);
    expect(servedTrack(state)).toMatchObject({ id: 1, frames: 2, firstSeenMs: 0, lastSeenMs: 33 });
  });

  it('serves the nearest, centred face and names the others', () => {
    const state = advanceTracks(NOBODY, [face(20, 20, 90), face(220, 120, 200)], picture, 0);
    expect(servedTrack(state)?.face.box.width).toBe(200);
    expect(waitingTracks(state)).toHaveLength(1);
  });

  it('does not change who is served for a face that is only a little nearer', () => {
    let state = advanceTracks(NOBODY, [face(120, 120, 180)], picture, 0);
    state = advanceTracks(state, [face(120, 120, 180), face(340, 120, 190)], picture, 33);
    expect(servedTrack(state)?.id).toBe(1);
    state = advanceTracks(state, [face(120, 120, 120), face(260, 100, 280)], picture, 66);
    expect(servedTrack(state)?.id).not.toBe(1);
  });

  it('remembers a face through a short gap and forgets it after a long one', () => {
    const first = advanceTracks(NOBODY, [face(200, 100, 200)], picture, 0);
    const gap = advanceTracks(first, [], picture, TRACKING.forgetMs);
    expect(servedTrack(gap)?.id).toBe(1);
    const back = advanceTracks(gap, [face(205, 100, 200)], picture, TRACKING.forgetMs + 33);
    expect(servedTrack(back)?.id).toBe(1);
    const gone = advanceTracks(back, [], picture, 3 * TRACKING.forgetMs);
    expect(gone).toMatchObject({ tracks: [], servedId: null });
    expect(servedTrack(advanceTracks(gone, [face(200, 100, 200)], picture, 9000))?.id).toBe(2);
  });

  it('never gives one face to two tracks', () => {
    let state = advanceTracks(NOBODY, [face(100, 100, 200), face(180, 100, 200)], picture, 0);
    state = advanceTracks(state, [face(130, 100, 200)], picture, 33);
    const seen = state.tracks.map(({ id, lastSeenMs }) => [id, lastSeenMs]);
    expect(seen).toEqual([
      [1, 33],
      [2, 0],
    ]);
  });
});
