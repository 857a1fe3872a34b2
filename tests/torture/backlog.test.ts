// After an outage many tablets have a long queue and find their server again in the same second: all of it arrives, once,
// in its order, in time, and the console answers meanwhile. Real processes on both sides, real TLS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../support/server-process.js';
import { TabletProcess } from '../support/tablet-process.js';
import { scale } from '../support/torture-scale.js';
import { expectSameHistory } from './same-history.js';

const TABLETS = scale.isLong ? 30 : 10;
const EVENTS = scale.isLong ? 10_000 : 1_000;
const DRAINED_WITHIN_MS = 10 * 60_000;
const ASK_EVERY_MS = 250;
const server = new ServerProcess();
const folder = mkdtempSync(join(tmpdir(), 'hazri-backlog-'));

beforeAll(() => server.start());
afterAll(async () => {
  await server.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backlog', () => {
  it(`of ${String(TABLETS)} tablets with ${String(EVENTS)} events each is drained while the console answers`, async () => {
    const tablets: TabletProcess[] = [];
    for (let at = 0; at < TABLETS; at += 1) {
      const name = `tablet-${String(at)}`;
      tablets.push(new TabletProcess(folder, name, await server.pairTablet(name), server.port));
    }
    const console_ = await server.console();
    const answersMs: number[] = [];
    const drainedAll = new AbortController();
    const asking = (async () => {
      while (!drainedAll.signal.aborted) {
        const askedMs = performance.now();
        expect((await console_.call('today')).status).toBe(200);
        answersMs.push(performance.now() - askedMs);
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    })();
    const startedMs = performance.now();
    const drained = await Promise.all(tablets.map((tablet) => tablet.drain(EVENTS)));
    const tookMs = performance.now() - startedMs;
    drainedAll.abort();
    await asking;
    for (const [at, tablet] of tablets.entries()) {
      expect(drained[at]).toMatchObject({ epoch: 1, seq: EVENTS, heldBack: 0 });
      expect(expectSameHistory(tablet, server.database)).toBe(EVENTS);
      expect(tablet.told).toHaveLength(EVENTS);
    }
    answersMs.sort((a, b) => a - b);
    const p95 = answersMs[Math.floor(answersMs.length * 0.95)] ?? 0;
    console.log(
      `${String(TABLETS)} × ${String(EVENTS)} events recorded and drained in ${(tookMs / 1000).toFixed(1)} s, ` +
        `0 lost, 0 doubled; console p95 ${p95.toFixed(0)} ms of ${String(answersMs.length)} answers`,
    );
    expect(tookMs).toBeLessThan(DRAINED_WITHIN_MS);
  }, 3_600_000);
});
