// The server's process is killed again and again under two tablets that go on recording and syncing: every punch that a
// tablet said is recorded is on the server in the end, once, in its order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../simulation/random.js';
import { ServerProcess } from '../support/server-process.js';
import { TabletProcess } from '../support/tablet-process.js';
import { howMany, scale } from '../support/torture-scale.js';
import { eventsOf, expectSameHistory } from './same-history.js';

const KILLS = howMany(100, 10_000);
const KILLS_OF_A_RUN = 5;
const server = new ServerProcess();
const folder = mkdtempSync(join(tmpdir(), 'hazri-kill-server-'));

beforeAll(() => server.start());
afterAll(async () => {
  await server.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe('a server that is killed', () => {
  it(
    `loses and doubles nothing, over ${String(KILLS)} kills`,
    async () => {
      const random = new Random(scale.firstSeed);
      const paired = await server.pairTablet('tablet');
      const tablet = new TabletProcess(folder, 'tablet', paired, server.port);
      for (let kill = 0; kill < KILLS; kill += KILLS_OF_A_RUN) {
        const recording = tablet.record(20);
        await recording.said;
        for (let again = 0; again < KILLS_OF_A_RUN && kill + again < KILLS; again += 1) {
          // Long enough that the tablet, which waits longer after each failure, finds it up.
          await new Promise((resolve) => setTimeout(resolve, random.between(50, 2_500)));
          await server.kill();
          await server.start();
        }
        await recording.kill();
      }
      const takenMeanwhile = eventsOf(server.database);
      expect((await tablet.drain()).heldBack).toBe(0);
      const events = expectSameHistory(tablet, server.database);
      expect(takenMeanwhile).toBeGreaterThan(KILLS);
      console.log(
        `${String(KILLS)} kills of the server, ${String(events)} events, ${String(takenMeanwhile)} of them taken between ` +
          'the kills, 0 lost, 0 doubled',
      );
    },
    24 * 3_600_000,
  );
});
