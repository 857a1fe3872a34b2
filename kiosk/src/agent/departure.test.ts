import { describe, expect, it } from 'vitest';
import { Departure } from './departure.js';
import type { Face } from './face.js';

const HOUR_MS = 3_600_000;
/** A face at the given unit-length distance from the first axis. */
function at(distance: number, recognition = 'r'): Face {
  const cosine = 1 - distance ** 2 / 2;
  const vector = new Float32Array(128);
  vector[0] = cosine;
  vector[1] = Math.sqrt(1 - cosine ** 2);
  const models = { detector: 'd', landmarks: 'l', recognition };
  return { current: vector, next: null, models };
}

describe('a person who was served', () => {
  it('is not served again however long they stay after a punch', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    departure.observe([1, 2], 8 * HOUR_MS);
    expect(departure.trackId).toBe(1);
  });

  it('is not taken for somebody else by a new recognition model, which then tells the next person', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    for (const atMs of [400, 800, 1_200]) departure.look(at(1.4, 'next'), atMs);
    expect(departure.trackId).toBe(1);
    for (const atMs of [1_600, 2_000]) departure.look(at(0, 'next'), atMs);
    expect(departure.trackId).toBeNull();
  });

  it('is served again after leaving', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    departure.observe([2], 100);
    expect(departure.trackId).toBeNull();
  });

  it('is tried once more after a while when no punch came of it', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    departure.nothingCameOfIt(1_000);
    departure.observe([1], 20_999);
    expect(departure.trackId).toBe(1);
    departure.observe([1], 21_000);
    expect(departure.trackId).toBeNull();
  });

  it('makes room for somebody else in the same place after two looks, as near as two people come', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    departure.look(at(0.44), 400);
    expect(departure.trackId).toBe(1);
    departure.look(at(0.44), 800);
    expect(departure.trackId).toBeNull();
  });

  it('is the same person in another pose', () => {
    const departure = new Departure();
    departure.served(1, at(0), 0);
    for (let look = 1; look <= 20; look += 1) departure.look(at(0.3), look * 400);
    expect(departure.trackId).toBe(1);
  });
});
