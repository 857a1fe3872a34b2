// Real people before the real engine: from the first frame with a face to the decision on the screen, over real TLS.
// The server only acknowledges; whom it recognises is tested end to end.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TabletAgent } from '../../kiosk/src/agent/agent.js';
import { createLog } from '../../kiosk/src/agent/log.js';
import { encodeFrame } from '../../kiosk/src/contract/frame.js';
import type { View } from '../../kiosk/src/contract/views.js';
import { createLivenessCheck } from '../../kiosk/src/engine/liveness/liveness-check.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import { FILE_PROTECTION } from '../../kiosk/src/identity/device-key.js';
import { type Film, hasRecordings, performers } from '../support/feeds.js';
import { CODE, ProtocolServer } from './kiosk-support/protocol-server.js';

const FRAMES_A_SECOND = 30;
const LONGEST_MS = 12_000;
/** On a machine that does nothing else the design asks for 1.0 s; tests share theirs. */
const MEDIAN_WITHIN_MS = Number(process.env.HAZRI_TEST_DECISION_MS ?? 3_000);

let folder: string;
let server: ProtocolServer;
let agent: TabletAgent;
let view: View = { name: 'starting' };
/** The listener changes it while frames are read. */
const shown = (): View => view;
const logged: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-live-'));
  server = await ProtocolServer.start();
  server.pairStatus = 'active';
  agent = await TabletAgent.open({
    config: {
      dataFolder: folder,
      port: 0,
      serverAddress: null,
      hasDisplay: false,
      version: '0.1.0',
      sqliteDriver: null,
    },
    protection: FILE_PROTECTION,
    log: createLog(
      (line) => logged.push(line),
      () => Date.now(),
    ),
    createEngine: () => createOnnxEngine(),
    liveness: createLivenessCheck('none', { below: () => 0 }),
  });
  agent.onState((state) => {
    view = state.view;
  });
  await agent.call('camera.report', { state: 'open', camera: { label: 'film', deviceId: 'x' } });
  await agent.call('pairing.start', { serverAddress: `localhost:${server.port}`, code: CODE });
  await agent.call('pairing.words-match', { match: true });
  while (view.name !== 'waiting') await new Promise((done) => setTimeout(done, 20));
});
afterAll(async () => {
  await agent.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function decode(film: Film): Promise<{ width: number; height: number; data: Buffer }[]> {
  return Promise.all(
    film.slice(0, 240).map(async (jpeg) => {
      const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, data };
    }),
  );
}

/** Plays as a camera would: whatever frame is current when the agent is ready for one. */
async function play(film: Film): Promise<{ decidedMs: number | null; views: string[] }> {
  const frames = await decode(film);
  await agent.call('screen.ready', {});
  const views: string[] = [];
  const startedMs = performance.now();
  let firstFaceMs: number | null = null;
  for (;;) {
    const nowMs = performance.now();
    if (nowMs - startedMs > LONGEST_MS) return { decidedMs: null, views };
    const frame = frames[Math.floor(((nowMs - startedMs) / 1000) * FRAMES_A_SECOND) % frames.length]!;
    await agent.acceptFrame(encodeFrame({ ...frame, channels: 3, capturedMonoMs: nowMs }));
    const seen = shown();
    if (views.at(-1) !== seen.name) views.push(seen.name);
    if (seen.name === 'looking' || seen.name === 'guide') firstFaceMs ??= nowMs;
    if (seen.name === 'result') return { decidedMs: performance.now() - (firstFaceMs ?? startedMs), views };
    await new Promise((done) => setTimeout(done, 5));
  }
}

describe('a live person', () => {
  it('is decided soon after the face comes into view', async () => {
    server.decide = () => ({ kind: 'not-recognised', reason: 'GALLERY_EMPTY' });
    const tookMs: number[] = [];
    for (const [name, performer] of Object.entries(performers)) {
      for (const [which, film] of [
        ['enrol', performer.enrol],
        ['again', performer.again],
      ] as const) {
        const { decidedMs, views } = await play(await film());
        console.log(
          `${name} ${which}: ${decidedMs === null ? 'undecided' : `${decidedMs.toFixed(0)} ms`} (${views.join(' ')})`,
        );
        expect(decidedMs, `${name} ${which}`).not.toBeNull();
        tookMs.push(decidedMs!);
      }
    }
    tookMs.sort((a, b) => a - b);
    const median = tookMs[Math.floor(tookMs.length / 2)]!;
    console.log(
      `face in view to decision: median ${median.toFixed(0)} ms, worst ${tookMs.at(-1)!.toFixed(0)} ms`,
    );
    expect(median).toBeLessThan(MEDIAN_WITHIN_MS);
    expect(logged.filter((line) => line.includes('FRAME_FAILED'))).toEqual([]);
  });

  it('is enrolled from what they show: straight ahead always, turned where they turn', async () => {
    server.decide = () => ({ kind: 'enrolled', displayName: 'Asha Rao', templates: 1 });
    server.ticket = {
      ticketId: randomUUID(),
      employeeId: randomUUID(),
      displayName: 'Asha Rao',
      employeeCode: 'E-17',
      locale: 'en',
      basis: 'consent',
      expiresAtMs: Date.now() + 600_000,
    };
    await agent.call('result.dismiss', {});
    await expect.poll(() => shown().name, { timeout: 10_000 }).toBe('enrol-consent');
    await agent.call('enrolment.consent', { given: true, locale: 'en' });
    const frames = await decode(await performers.stranger.enrol());
    const startedMs = performance.now();
    const steps: string[] = [];
    for (let nowMs = startedMs; shown().name !== 'result'; nowMs = performance.now()) {
      const at = Math.floor(((nowMs - startedMs) / 1000) * FRAMES_A_SECOND) % frames.length;
      await agent.acceptFrame(encodeFrame({ ...frames[at]!, channels: 3, capturedMonoMs: nowMs }));
      const seen = shown();
      if (seen.name === 'enrol-capture') {
        if (steps.at(-1) !== seen.step) steps.push(seen.step);
        if (seen.step === 'look') await agent.call('enrolment.look', { isChanged: false });
      }
      await new Promise((done) => setTimeout(done, 5));
    }
    const event = server.events.at(-1)?.event;
    const poses = event?.type === 'enrolment' ? event.templates.map(({ pose }) => pose) : [];
    const tookMs = performance.now() - startedMs;
    console.log(`enrolled in ${tookMs.toFixed(0)} ms by ${steps.join(' ')}: ${poses.join(' ')}`);
    expect(shown()).toMatchObject({ result: { kind: 'enrolled' } });
    expect(poses.at(-1)).toBe('front');
    if (hasRecordings) expect(poses.length).toBeGreaterThan(1);
  }, 90_000);

  it('is not a frozen picture', async () => {
    server.decide = () => ({ kind: 'stored' });
    const before = server.events.length;
    const [frame] = await performers.first.enrol();
    const { views } = await play([frame!]);
    expect(views).toContain('result');
    expect(shown()).toMatchObject({
      name: 'result',
      result: { kind: 'refused', reason: 'LIVENESS_REFUSED' },
    });
    expect(server.events).toHaveLength(before);
  });
});
