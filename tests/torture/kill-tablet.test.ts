// The tablet's process is killed again and again, in the middle of commits and of syncs over real TLS to the real server
// process: what it said is recorded is on the server, once, in its order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../simulation/random.js';
import { ServerProcess } from '../support/server-process.js';
import { TabletProcess } from '../support/tablet-process.js';
import { howMany, scale } from '../support/torture-scale.js';
import { expectSameHistory } from './same-history.js';

const KILLS = howMany(500, 10_000);
/** Two tablets at a time keep two processors busy. */
const TABLETS = 2;
const server = new ServerProcess();
const folder = mkdtempSync(join(tmpdir(), 'hazri-kill-tablet-'));

beforeAll(() => server.start());
afterAll(async () => {
  await server.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe('a tablet that is killed', () => {
  it(
    `keeps and sends what it said, over ${String(KILLS)} kills`,
    async () => {
      const tablets: TabletProcess[] = [];
      for (let at = 0; at < TABLETS; at += 1) {
        const name = `tablet-${String(at)}`;
        tablets.push(new TabletProcess(folder, name, await server.pairTablet(name), server.port));
      }
      await Promise.all(
        tablets.map(async (tablet, at) => {
          const random = new Random(scale.firstSeed + at);
          for (let kill = 0; kill < KILLS / TABLETS; kill += 1) {
            await tablet.recordAndDie(1 + random.int(20), random.between(0, 4));
          }
        }),
      );
      let events = 0;
      for (const tablet of tablets) {
        expect((await tablet.drain()).heldBack).toBe(0);
        events += expectSameHistory(tablet, server.database);
      }
      expect(events).toBeGreaterThanOrEqual(KILLS);
      const starts = tablets.flatMap(({ startMs }) => startMs).sort((a, b) => a - b);
      const p99 = starts[Math.floor(starts.length * 0.99)] ?? 0;
      console.log(
        `${String(KILLS)} kills of the tablet, ${String(events)} events, 0 lost, 0 doubled; ` +
          `start to open journal: p99 ${p99.toFixed(0)} ms`,
      );
    },
    24 * 3_600_000,
  );
});
