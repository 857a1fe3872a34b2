// The whole agent but for the networks: calls and frames in, screen states out, over real TLS to a server that checks
// every signature. Only the engine and the liveness check are stand-ins.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddingsFromBytes } from '@hazri/shared/crypto/embedding-bytes';
import type { Outcome } from '@hazri/shared/protocol/device';
import { TabletAgent } from '../../kiosk/src/agent/agent.js';
import { createLog } from '../../kiosk/src/agent/log.js';
import type { ScreenState, View } from '../../kiosk/src/contract/views.js';
import { screenState } from '../../kiosk/src/contract/views.js';
import type { LivenessDecision } from '../../kiosk/src/engine/liveness/port.js';
import { FILE_PROTECTION } from '../../kiosk/src/identity/device-key.js';
import { distanceBetween } from '../../kiosk/src/engine/embed/unit.js';
import { makeAuthority } from './kiosk-support/certificates.js';
import { FakeEngine, embeddingOf, fakeLiveness, frameOf } from './kiosk-support/fake-engine.js';
import { CODE, ProtocolServer } from './kiosk-support/protocol-server.js';

let folder: string;
let server: ProtocolServer;
let agent: TabletAgent;
let logged: string[];
let liveness: LivenessDecision;
let state: ScreenState;
const seen: View[] = [];
const wallOffset = { ms: 0 };

const accepted = (direction: 'in' | 'out'): Outcome => ({
  kind: 'accepted',
  punchId: randomUUID(),
  displayName: 'Asha Rao',
  direction,
  atMs: Date.now(),
  workedTodayMin: 0,
});

async function openAgent(): Promise<TabletAgent> {
  const opened = await TabletAgent.open({
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
    createEngine: () => Promise.resolve(new FakeEngine()),
    liveness: fakeLiveness(() => liveness),
    clock: {
      wallMs: () => Date.now() + wallOffset.ms,
      monoMs: () => performance.now(),
      bootId: 'test-boot',
    },
  });
  opened.onState((next) => {
    state = screenState.parse(next);
    seen.push(state.view);
  });
  return opened;
}

async function until<N extends View['name']>(name: N, feed?: () => Uint8Array, ms = 8_000) {
  const end = performance.now() + ms;
  while (state.view.name !== name) {
    if (performance.now() > end) throw new Error(`wanted ${name}, saw ${JSON.stringify(state.view)}`);
    if (feed) await agent.acceptFrame(feed());
    await new Promise((done) => setTimeout(done, 10));
  }
  return state.view as Extract<View, { name: N }>;
}

async function untilTrue(check: () => boolean, ms = 8_000): Promise<void> {
  const end = performance.now() + ms;
  while (!check()) {
    if (performance.now() > end) throw new Error('waited too long');
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function pair(): Promise<void> {
  await agent.call('camera.report', { state: 'open', camera: { label: 'cam', deviceId: 'x' } });
  const code = `${CODE.slice(0, 4)}-${CODE.slice(4).toLowerCase()}`;
  expect(await agent.call('pairing.start', { serverAddress: `localhost:${server.port}`, code })).toEqual({
    ok: true,
    value: {},
  });
  const { words } = await until('pairing');
  expect(words).toEqual(server.words);
  server.pairStatus = 'active';
  await agent.call('pairing.words-match', { match: true });
  await until('waiting');
  await untilTrue(() => state.status.online);
}

/** Whoever was served walks away. */
async function leave(): Promise<void> {
  const end = performance.now() + 900;
  while (performance.now() < end) {
    await agent.acceptFrame(frameOf(0));
    await new Promise((done) => setTimeout(done, 40));
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-agent-'));
  logged = [];
  seen.length = 0;
  liveness = 'live';
  wallOffset.ms = 0;
  server = await ProtocolServer.start();
  agent = await openAgent();
});
afterEach(async () => {
  await agent.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tablet', () => {
  it('pairs only when both sides saw the same words', async () => {
    expect((await until('unpaired')).error).toBeNull();
    const wrong = await agent.call('pairing.start', {
      serverAddress: `localhost:${server.port}`,
      code: 'ZZZZ-9999',
    });
    expect(wrong).toEqual({ ok: false, error: { code: 'PAIRING_CODE_INVALID' } });
    await agent.call('pairing.start', { serverAddress: `localhost:${server.port}`, code: CODE });
    await until('pairing');
    server.pairStatus = 'active';
    await agent.call('pairing.words-match', { match: false });
    expect((await until('unpaired')).error).toBe('PAIRING_WORDS_DIFFER');
    await pair();
    expect(state.status.companyName).toBe('Test company');
  });

  it('turns a face into a punch and a sealed probe of several frames', async () => {
    await pair();
    server.decide = () => accepted('in');
    const startedMs = performance.now();
    const { result } = await until('result', () => frameOf(1));
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(result).toMatchObject({
      kind: 'accepted',
      displayName: 'Asha Rao',
      direction: 'in',
      canUndo: true,
    });
    const [taken] = server.events;
    expect(taken?.event).toMatchObject({
      type: 'check-in',
      seq: 1,
      camera: 'cam',
      time: { quality: 'trusted' },
    });
    expect(taken?.event.type === 'check-in' && taken.event.frames).toBeGreaterThanOrEqual(2);
    const opened = embeddingsFromBytes(taken!.payload!, 1);
    expect(opened.ok && distanceBetween(opened.value[0]!, embeddingOf(1))).toBeLessThan(0.2);
    expect(logged.join('')).not.toContain('Asha');
  });

  it('does not punch again for someone who keeps standing there, but does for the next person in the same place', async () => {
    await pair();
    server.decide = () => accepted('in');
    await until('result', () => frameOf(1));
    await until('waiting', () => frameOf(1));
    for (let frame = 0; frame < 30; frame += 1) {
      await agent.acceptFrame(frameOf(1));
      await new Promise((done) => setTimeout(done, 20));
    }
    expect(server.events).toHaveLength(1);
    await until('result', () => frameOf(2));
    expect(server.events).toHaveLength(2);
  });

  it('serves one of two people and says that the other waits', async () => {
    await pair();
    server.decide = () => accepted('in');
    await until('result', () => frameOf(1, { second: 5 }));
    expect(seen.some((view) => view.name === 'looking' && view.othersWait)).toBe(true);
    const opened = embeddingsFromBytes(server.events[0]!.payload!, 1);
    expect(opened.ok && distanceBetween(opened.value[0]!, embeddingOf(1))).toBeLessThan(0.2);
  });

  it('asks a person who looks away to face the screen and records nothing', async () => {
    await pair();
    const guide = await until('guide', () => frameOf(1, { yaw: 0.8 }));
    expect(guide.hint).toBe('FACE_THE_SCREEN');
    expect(server.events).toHaveLength(0);
  });

  it('refuses a picture of a face by name and sends nothing', async () => {
    liveness = 'attack';
    await pair();
    const { result } = await until('result', () => frameOf(1));
    expect(result).toEqual({ kind: 'refused', reason: 'LIVENESS_REFUSED' });
    expect(server.events).toHaveLength(0);
  });

  it('asks for a PIN when the face was not enough, and seals what was typed', async () => {
    await pair();
    server.decide = (event) =>
      event.type === 'pin' ? accepted('in') : { kind: 'second-factor', reason: 'AMBIGUOUS' };
    const pin = await until('pin', () => frameOf(1));
    expect(pin.reason).toBe('UNSURE');
    await agent.call('pin.submit', { employeeCode: 'E-17', pin: '482913' });
    await until('result');
    const [face, typed] = server.events;
    expect(typed?.event).toMatchObject({
      type: 'pin',
      refersTo: { epoch: 1, seq: face?.event.seq },
      models: { recognition: 'fake-1' },
    });
    // The face of that check-in goes with it, so that the server can compare it with the claimed person's.
    expect(JSON.parse(new TextDecoder().decode(typed!.payload!))).toEqual({
      employeeCode: 'E-17',
      pin: '482913',
      embedding: Buffer.from(face!.payload!).toString('base64'),
    });
  });

  it('keeps the face through a wrong PIN, says when it is not the one of the PIN, and then forgets it', async () => {
    await pair();
    const answers: Outcome[] = [
      { kind: 'second-factor', reason: 'UNSURE' },
      { kind: 'refused', reason: 'PIN_WRONG' },
      { kind: 'refused', reason: 'FACE_DIFFERS' },
      { kind: 'refused', reason: 'PIN_WRONG' },
    ];
    server.decide = () => answers.shift()!;
    await until('pin', () => frameOf(1));
    await agent.call('pin.submit', { employeeCode: 'E-17', pin: '000000' });
    await untilTrue(() => state.view.name === 'pin' && state.view.error === 'PIN_WRONG');
    await agent.call('pin.submit', { employeeCode: 'E-17', pin: '482913' });
    expect((await until('result')).result).toEqual({ kind: 'refused', reason: 'FACE_DIFFERS' });
    await agent.call('pin.open', {});
    await agent.call('pin.submit', { employeeCode: 'E-17', pin: '000000' });
    await untilTrue(() => server.events.length === 4);
    const hasFace = server.events
      .slice(1)
      .map(
        ({ payload }) =>
          (JSON.parse(new TextDecoder().decode(payload!)) as { embedding: unknown }).embedding !== null,
      );
    expect(hasFace).toEqual([true, true, false]);
    expect(server.events[3]?.event).toMatchObject({ type: 'pin', models: null });
  });

  it('says that a PIN is wrong and lets the person try again', async () => {
    await pair();
    server.decide = () => ({ kind: 'refused', reason: 'PIN_WRONG' });
    await agent.call('pin.open', {});
    await agent.call('pin.submit', { employeeCode: 'E-17', pin: '482913' });
    await untilTrue(() => state.view.name === 'pin' && state.view.error === 'PIN_WRONG');
    expect(await agent.call('pin.cancel', {})).toEqual({ ok: true, value: {} });
    await until('waiting');
  });

  it('undoes a punch at the word of the person', async () => {
    await pair();
    const punchId = randomUUID();
    server.decide = (event) => (event.type === 'dispute' ? { kind: 'undone', punchId } : accepted('in'));
    await until('result', () => frameOf(1));
    await agent.call('result.not-me', {});
    await untilTrue(() => state.view.name === 'result' && state.view.result.kind === 'undone');
    expect(server.events[1]?.event).toMatchObject({ type: 'dispute', refersTo: { epoch: 1, seq: 1 } });
  });

  it('enrols after consent, pose by pose, with a template of each', async () => {
    await pair();
    server.decide = () => ({ kind: 'enrolled', displayName: 'Asha Rao', templates: 4 });
    server.ticket = {
      ticketId: randomUUID(),
      employeeId: randomUUID(),
      displayName: 'Asha Rao',
      employeeCode: 'E-17',
      locale: 'hi',
      basis: 'consent',
      expiresAtMs: Date.now() + 600_000,
    };
    await until('enrol-consent', undefined, 6_000);
    await agent.call('screen.ready', {});
    expect(state.view.name).toBe('enrol-consent');
    for (let frame = 0; frame < 10; frame += 1) await agent.acceptFrame(frameOf(1));
    expect(server.events).toHaveLength(0);
    await agent.call('enrolment.consent', { given: true, locale: 'hi' });
    await agent.acceptFrame(frameOf(1));
    await agent.call('screen.ready', {});
    const turns = {
      front: {},
      left: { yaw: 0.4 },
      right: { yaw: -0.4 },
      up: { pitch: 0.5 },
      look: {},
      other: {},
    };
    const steps: string[] = [];
    const standing = () => {
      if (state.view.name !== 'enrol-capture') return frameOf(1);
      const { step } = state.view;
      if (steps.at(-1) !== step) steps.push(step);
      if (step === 'look') void agent.call('enrolment.look', { isChanged: true });
      return frameOf(1, turns[step]);
    };
    const startedMs = performance.now();
    const { result } = await until('result', standing, 15_000);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect(steps).toEqual(['front', 'left', 'right', 'up', 'look', 'other']);
    expect(result).toEqual({ kind: 'enrolled', displayName: 'Asha Rao' });
    const [taken] = server.events;
    const usual = { look: 'usual', quality: expect.any(Number) as number };
    expect(taken?.event).toMatchObject({
      type: 'enrolment',
      templates: [
        { pose: 'left', ...usual },
        { pose: 'right', ...usual },
        { pose: 'up', ...usual },
        { pose: 'front', ...usual },
      ],
      ticketId: server.ticket.ticketId,
      consent: { locale: 'hi', basis: 'consent', noticeVersion: '1' },
    });
    expect(embeddingsFromBytes(taken!.payload!, 4).ok).toBe(true);
  });

  it('runs two recognition models during a roll-over and seals both faces', async () => {
    server.configChanges = { recognition: { current: 'fake-1', next: 'fake-2' } };
    await pair();
    server.decide = () => accepted('in');
    await until('result', () => frameOf(1));
    const [taken] = server.events;
    expect(taken?.event).toMatchObject({ models: { recognition: 'fake-1', nextRecognition: 'fake-2' } });
    const opened = embeddingsFromBytes(taken!.payload!, 2);
    expect(opened.ok && distanceBetween(opened.value[0]!, embeddingOf(1))).toBeLessThan(0.2);
    expect(opened.ok && distanceBetween(opened.value[1]!, embeddingOf(41))).toBeLessThan(0.2);
  });

  it('works on with the model it has, and says so to IT, when the next one is not there', async () => {
    server.configChanges = { recognition: { current: 'fake-1', next: 'not-here' } };
    await pair();
    server.decide = () => accepted('in');
    await until('result', () => frameOf(1));
    const [taken] = server.events;
    expect(taken?.event.type === 'check-in' && taken.event.models).toEqual({
      detector: 'd',
      landmarks: 'l',
      recognition: 'fake-1',
    });
    expect(embeddingsFromBytes(taken!.payload!, 1).ok).toBe(true);
    await untilTrue(() => server.lastHeartbeat?.problem === 'RECOGNITION_MODEL_MISSING');
  });

  it('drops the ticket when consent is refused, having captured nothing', async () => {
    await pair();
    server.ticket = {
      ticketId: randomUUID(),
      employeeId: randomUUID(),
      displayName: 'Asha Rao',
      employeeCode: 'E-17',
      locale: 'en',
      basis: 'consent',
      expiresAtMs: Date.now() + 600_000,
    };
    await until('enrol-consent', undefined, 6_000);
    await agent.call('enrolment.consent', { given: false, locale: 'en' });
    await until('waiting');
    await new Promise((done) => setTimeout(done, 2_500));
    expect(state.view.name).toBe('waiting');
    expect(server.events).toHaveLength(0);
  });

  it('records while the server is away, across a restart, and sends it all once', async () => {
    await pair();
    server.decide = () => accepted('in');
    await server.stop();
    const first = await until('result', () => frameOf(1));
    expect(first.result).toMatchObject({ kind: 'saved-offline' });
    expect(first.result.kind === 'saved-offline' && first.result.slip).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/);
    await leave();
    await until('waiting', () => frameOf(0));
    await until('result', () => frameOf(2));
    expect(state.status.unsent).toBe(2);
    await agent.close();
    agent = await openAgent();
    await agent.call('camera.report', { state: 'open', camera: { label: 'cam', deviceId: 'x' } });
    expect(state.status.unsent).toBe(2);
    await server.listen(server.authority);
    await untilTrue(() => server.events.length === 2 && state.status.unsent === 0, 20_000);
    expect(server.events.map(({ event }) => event.seq)).toEqual([1, 2]);
  });

  it('keeps recording and speaks to nobody when the certificate is wrong', async () => {
    await pair();
    await server.stop();
    await server.listen(await makeAuthority());
    server.requests.length = 0;
    await until('result', () => frameOf(1));
    await untilTrue(() => state.status.problem === 'CERTIFICATE_WRONG');
    expect(state.status.unsent).toBe(1);
    expect(server.requests).toEqual([]);
  });

  it('works with a clock two years off and claims the true time', async () => {
    wallOffset.ms = -2 * 365 * 86_400_000;
    await pair();
    server.decide = () => accepted('in');
    const { result } = await until('result', () => frameOf(1));
    expect(result.kind).toBe('accepted');
    const event = server.events[0]!.event;
    expect(Math.abs(event.atMs - Date.now())).toBeLessThan(5_000);
    expect(event.time.quality).toBe('trusted');
    expect(event.wallMs).toBeLessThan(Date.now() - 600 * 86_400_000);
  });

  it('says so when it is revoked', async () => {
    await pair();
    server.faults.push({ path: 'heartbeat', kind: 'refuse', code: 'DEVICE_REVOKED', status: 403, times: 1 });
    expect((await until('problem', undefined, 6_000)).code).toBe('DEVICE_REVOKED');
  });

  it('refuses the wrong camera', async () => {
    server.configChanges = { cameraPin: 'cam' };
    await pair();
    await agent.call('camera.report', { state: 'open', camera: { label: 'virtual', deviceId: 'y' } });
    expect((await until('problem')).code).toBe('CAMERA_CHANGED');
  });

  it('writes no embedding to its disk, neither plain nor in text', async () => {
    await pair();
    await server.stop();
    await until('result', () => frameOf(1));
    const embedding = embeddingOf(1);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    const pattern = Buffer.from(embedding.buffer).subarray(0, 16);
    for (const file of files) {
      expect(file.includes(pattern)).toBe(false);
      expect(file.includes(Buffer.from(pattern.toString('base64').slice(0, 18)))).toBe(false);
      expect(file.includes(Buffer.from(pattern.toString('hex')))).toBe(false);
    }
  });

  it('answers a malformed call with a code', async () => {
    for (const [channel, input] of [
      ['no.such.channel', {}],
      ['pin.submit', { employeeCode: 'E', pin: '1' }],
      ['pairing.start', null],
      ['__proto__', {}],
    ] as const) {
      expect(await agent.call(channel, input)).toEqual({ ok: false, error: { code: 'CALL_MALFORMED' } });
    }
    await agent.acceptFrame(new Uint8Array([1, 2, 3]));
  });
});
