// Compares what a tablet keeps and said with what the server holds, straight from both databases.
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { TabletProcess } from '../support/tablet-process.js';

/** Both hold the same chain without gaps, and all that was told is in it. Gives back how many events that are. */
export function expectSameHistory({ journal, paired, told }: TabletProcess, serverDatabase: string): number {
  const tablet = new Database(journal, { readonly: true });
  const server = new Database(serverDatabase, { readonly: true });
  try {
    expect(tablet.pragma('quick_check', { simple: true })).toBe('ok');
    const kept = tablet.prepare('SELECT hash FROM events ORDER BY epoch, seq').pluck().all() as string[];
    const stored = server
      .prepare('SELECT hash FROM device_event WHERE device_id = ? ORDER BY epoch, seq')
      .pluck()
      .all(paired.config.deviceId) as string[];
    expect(stored).toEqual(kept);
    const position = new Map(kept.map((hash, at) => [hash, at]));
    const places = told.map((hash) => position.get(hash) ?? -1);
    expect(places.includes(-1)).toBe(false);
    expect(places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0))).toBe(true);
    return kept.length;
  } finally {
    tablet.close();
    server.close();
  }
}

/** How many events the server holds. */
export function eventsOf(serverDatabase: string): number {
  const server = new Database(serverDatabase, { readonly: true });
  try {
    return server.prepare('SELECT count(*) FROM device_event').pluck().get() as number;
  } finally {
    server.close();
  }
}
