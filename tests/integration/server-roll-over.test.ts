// From one recognition model to the next without anybody being enrolled again: on every database with made-up faces, and
// once with the two packs of the real network on moving pictures of people.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../kiosk/src/commands/face/pictures.js';
import { fuseEmbeddings } from '../../kiosk/src/engine/fuse/fuse.js';
import { createOnnxEngine } from '../../kiosk/src/engine/onnx/onnx-engine.js';
import { qualityScore } from '../../kiosk/src/engine/quality/thresholds.js';
import type { FaceEngine } from '../../kiosk/src/engine/port.js';
import { embeddingsToBytes } from '../../shared/src/crypto/embedding-bytes.js';
import { calibrations } from '../../shared/src/domain/matching/calibration.js';
import type { DeviceConfig, Outcome } from '../../shared/src/protocol/device.js';
import type { Recognition } from '../../shared/src/protocol/console-types.js';
import type { ConsoleClient } from '../support/console-client.js';
import { signInAs } from '../support/console-users.js';
import { type DeviceClient, MODELS, faceAt, newFace } from '../support/device-client.js';
import { DIALECTS } from '../support/dialects.js';
import { type Film, performers } from '../support/feeds.js';
import { addPerson, enrolTemplates, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const MINUTE = 60_000;
const [CURRENT = '', NEXT = ''] = calibrations.map(({ modelId }) => modelId);
const BOTH = { ...MODELS, recognition: CURRENT, nextRecognition: NEXT };

/** One face as the two models see it. */
interface Seen {
  readonly current: Float32Array;
  readonly next: Float32Array;
}
const someone = (): Seen => ({ current: newFace(), next: newFace() });
const again = ({ current, next }: Seen, far = 0.1): Seen => ({
  current: faceAt(current, far),
  next: faceAt(next, far),
});

class Company {
  constructor(
    readonly server: TestServer,
    readonly console: ConsoleClient,
    readonly device: DeviceClient,
  ) {}

  static async found(dialect: (typeof DIALECTS)[number]): Promise<Company> {
    const server = await startTestServer({ dialect, startMs: Date.UTC(2026, 10, 20, 3, 30) });
    const console = await foundCompany(server);
    await saveRootKey(console, OWNER_PASSWORD);
    return new Company(server, console, await pairDevice(server, console));
  }

  async close(): Promise<void> {
    this.device.close();
    await this.server.close();
  }

  async enrol(code: string, templates: readonly Float32Array[], next: readonly Float32Array[] = []) {
    const id = await addPerson(this.console, code, `Person ${code}`);
    const infos = templates.map(() => ({ pose: 'front', look: 'usual', quality: 0.8 }));
    const fields = { templates: infos, models: next.length > 0 ? BOTH : MODELS };
    const outcome = await enrolTemplates(
      this.console,
      this.device,
      { id, templates: [...templates, ...next] },
      fields,
    );
    expect(outcome).toMatchObject({ kind: 'enrolled' });
    return id;
  }

  punch({ current, next }: Seen, models: object = BOTH): Promise<Outcome> {
    this.server.clock.advance(5 * MINUTE);
    const { device } = this;
    const faces = 'nextRecognition' in models ? [current, next] : [current];
    const fields = { ...device.faceFields(), models };
    return device.outcome([device.append('check-in', fields, embeddingsToBytes(faces))]);
  }

  async modelsOf(id: string): Promise<string[]> {
    const { templates } = await must(this.console, 'person', { id });
    return [...new Set(templates.map(({ modelId, source }) => `${source} ${modelId}`))];
  }

  recognition(): Promise<Recognition> {
    return must(this.console, 'recognition');
  }

  async told(): Promise<DeviceConfig['recognition'] | undefined> {
    return (await this.device.heartbeat({ configVersion: 0 })).body.config?.recognition;
  }
}

describe.each(DIALECTS)('a roll-over on %s', { timeout: 30_000 }, (dialect) => {
  let company: Company;
  beforeAll(async () => {
    company = await Company.found(dialect);
  });
  afterAll(() => company.close());

  const [asha, ravi, fresh] = [someone(), someone(), someone()];
  const ids = { asha: '', ravi: '', fresh: '' };
  const accepted = (code: string): unknown =>
    expect.objectContaining({ kind: 'accepted', displayName: `Person ${code}` });

  it('is started by who looks after tablets, to a model that the server can match', async () => {
    ids.asha = await company.enrol('R-1', [asha.current]);
    ids.ravi = await company.enrol('R-2', [ravi.current]);
    expect(await company.recognition()).toMatchObject({ current: CURRENT, next: null, available: [NEXT] });
    expect(await company.told()).toEqual({ current: CURRENT, next: null });
    const start = (console: ConsoleClient, next: string) => console.call('startRollOver', { body: { next } });
    const it = await signInAs(company.server, company.console, 'it');
    const hr = await signInAs(company.server, company.console, 'hr');
    expect((await start(hr, NEXT)).status).toBe(403);
    expect((await start(it, 'unheard-of')).body['code']).toBe('REQUEST_INVALID');
    expect((await start(it, CURRENT)).body['code']).toBe('REQUEST_INVALID');
    expect((await start(it, NEXT)).body).toMatchObject({ next: NEXT, enrolled: 2, switched: 0 });
    expect((await start(it, NEXT)).body['code']).toBe('ALREADY_DONE');
    expect(await company.told()).toEqual({ current: CURRENT, next: NEXT });
  });

  it('can be called off before anybody is switched', async () => {
    expect(await must(company.console, 'endRollOver')).toMatchObject({ current: CURRENT, next: null });
    expect((await company.console.call('endRollOver')).body['code']).toBe('ALREADY_DONE');
    await must(company.console, 'startRollOver', { body: { next: NEXT } });
  });

  it('switches a person after five agreeing punches, and recognises everybody all the time', async () => {
    for (let punch = 1; punch <= 4; punch += 1) {
      expect(await company.punch(again(asha))).toEqual(accepted('R-1'));
      expect(await company.modelsOf(ids.asha)).toEqual([`enrolment ${CURRENT}`]);
    }
    // Matched, but not closely: it does not count.
    expect(await company.punch({ ...again(asha), current: faceAt(asha.current, 0.28) })).toEqual(
      accepted('R-1'),
    );
    expect((await company.recognition()).switched).toBe(0);
    expect(await company.punch(again(asha))).toEqual(accepted('R-1'));
    expect(await company.modelsOf(ids.asha)).toEqual([`roll-over ${NEXT}`]);
    expect(await company.recognition()).toMatchObject({ enrolled: 2, switched: 1 });
    expect(await company.punch(again(asha))).toEqual(accepted('R-1'));
    expect(await company.punch(again(ravi))).toEqual(accepted('R-2'));
    expect(await company.punch(someone())).toMatchObject({ kind: 'not-recognised' });
    expect((await company.console.call('endRollOver')).body['code']).toBe('ROLL_OVER_UNFINISHED');
  });

  it('asks for a second factor when the two models see two people', async () => {
    const torn = { current: faceAt(ravi.current, 0.05), next: faceAt(asha.next, 0.05) };
    expect(await company.punch(torn)).toEqual({ kind: 'second-factor', reason: 'AMBIGUOUS' });
  });

  it('does not switch somebody whose faces by the next model do not agree', async () => {
    for (let punch = 0; punch < 7; punch += 1) {
      const odd = { current: faceAt(ravi.current, 0.1), next: newFace() };
      expect(await company.punch(odd)).toEqual(accepted('R-2'));
    }
    expect(await company.modelsOf(ids.ravi)).toEqual([`enrolment ${CURRENT}`]);
    for (let punch = 0; punch < 5; punch += 1) await company.punch(again(ravi));
    expect(await company.modelsOf(ids.ravi)).toEqual([`roll-over ${NEXT}`]);
  });

  it('begins with the next model for who is enrolled meanwhile', async () => {
    ids.fresh = await company.enrol('R-3', [fresh.current], [fresh.next]);
    expect(await company.modelsOf(ids.fresh)).toEqual([`enrolment ${NEXT}`]);
    expect(await company.punch(again(fresh))).toEqual(accepted('R-3'));
  });

  it('ends when everybody is switched, and outlives a restart', async () => {
    const { console, server, device } = company;
    expect(await must(console, 'endRollOver')).toMatchObject({
      current: NEXT,
      next: null,
      available: [CURRENT],
    });
    expect(await company.told()).toEqual({ current: NEXT, next: null });
    await server.restart();
    device.server = { port: server.running.httpsPort, ca: server.ca };
    const restarted = Object.assign(server.client(), { cookie: console.cookie, csrf: console.csrf });
    company = new Company(server, restarted, device);
    const alone = { ...MODELS, recognition: NEXT };
    const seen = again(asha);
    expect(await company.punch({ ...seen, current: seen.next }, alone)).toEqual(accepted('R-1'));
    // Recorded offline, before the end: both embeddings are there.
    expect(await company.punch(again(ravi))).toEqual(accepted('R-2'));
    const { items } = await must(restarted, 'audit', { query: 'search=roll&limit=100' });
    const actions = new Set(items.map(({ action }) => action));
    for (const name of ['started', 'cancelled', 'finished'])
      expect(actions).toContain(`recognition.roll-over-${name}`);
    expect(actions).toContain('person.rolled-over');
  });

  it('refuses boxes that do not hold what the event says', async () => {
    const { device } = company;
    const refusal = { kind: 'refused', reason: 'EMBEDDING_INVALID' };
    const one = device.append(
      'check-in',
      { ...device.faceFields(), models: BOTH },
      embeddingsToBytes([newFace()]),
    );
    expect(await device.outcome([one])).toEqual(refusal);
    const two = device.append('check-in', device.faceFields(), embeddingsToBytes([newFace(), newFace()]));
    expect(await device.outcome([two])).toEqual(refusal);
    const unknown = { ...BOTH, nextRecognition: 'unheard-of' };
    expect(await company.punch(someone(), unknown)).toEqual({ kind: 'refused', reason: 'MODEL_UNKNOWN' });
  });
});

describe('the two packs of the network', { timeout: 180_000 }, () => {
  let engine: FaceEngine;
  let company: Company;
  beforeAll(async () => {
    engine = await createOnnxEngine({ threads: 1 });
    const opened = await engine.useRecognition({ current: CURRENT, next: NEXT });
    if (!opened.ok) throw new Error(opened.error);
    company = await Company.found('sqlite');
  });
  afterAll(async () => {
    await company.close();
    await engine.close();
  });

  /** Faces of a film as a tablet would send them: each fused from a few frames. */
  async function seenIn(film: Film, count: number): Promise<Seen[]> {
    const seen: Seen[] = [];
    const step = Math.max(1, Math.floor(film.length / (count * FRAMES_EACH)));
    let window: { current: Part; next: Part }[] = [];
    for (let at = 0; at < film.length && seen.length < count; at += step) {
      const frame = await decodePicture(film[at] ?? Buffer.alloc(0));
      const [face] = await engine.observe(frame);
      if (face === undefined) continue;
      const quality = qualityScore(face.quality);
      const next = await engine.embedNext(frame, face.landmarks);
      if (next === null) throw new Error('the next model is not open');
      const current = await engine.embed(frame, face.landmarks);
      window.push({ current: { embedding: current, quality }, next: { embedding: next, quality } });
      if (window.length < FRAMES_EACH) continue;
      const fused = {
        current: fuseEmbeddings(window.map((part) => part.current))?.embedding,
        next: fuseEmbeddings(window.map((part) => part.next))?.embedding,
      };
      if (fused.current && fused.next) seen.push({ current: fused.current, next: fused.next });
      window = [];
    }
    return seen;
  }

  it('carry everybody over: the same people are recognised before, meanwhile and after', async () => {
    const people = await Promise.all(
      (
        [
          ['P-1', performers.first],
          ['P-2', performers.second],
        ] as const
      ).map(async ([code, performer]) => ({
        code,
        enrol: await seenIn(await performer.enrol(), 3),
        again: await seenIn(await performer.again(), 12),
      })),
    );
    const strangers = await seenIn(await performers.stranger.enrol(), 4);
    const punches = people.reduce((sum, { again: all }) => sum + all.length, 0);
    expect(punches).toBeGreaterThanOrEqual(16);
    for (const { code, enrol } of people)
      await company.enrol(
        code,
        enrol.map(({ current }) => current),
      );

    const rounds = async (models: object, from: 'current' | 'next') => {
      let right = 0;
      let wrong = 0;
      for (const { code, again: all } of people) {
        for (const seen of all) {
          const outcome = await company.punch({ ...seen, current: seen[from] }, models);
          if (outcome.kind === 'accepted' && outcome.displayName === `Person ${code}`) right += 1;
          else if (outcome.kind === 'accepted') wrong += 1;
        }
      }
      for (const seen of strangers) {
        const outcome = await company.punch({ ...seen, current: seen[from] }, models);
        if (outcome.kind === 'accepted') wrong += 1;
      }
      return { right, wrong };
    };
    const before = await rounds({ ...MODELS, recognition: CURRENT }, 'current');
    await must(company.console, 'startRollOver', { body: { next: NEXT } });
    const meanwhile = await rounds(BOTH, 'current');
    expect(await company.recognition()).toMatchObject({ enrolled: 2, switched: 2 });
    await must(company.console, 'endRollOver');
    const after = await rounds({ ...MODELS, recognition: NEXT }, 'next');
    globalThis.console.info('roll-over', { punches, strangers: strangers.length, before, meanwhile, after });
    for (const round of [before, meanwhile, after]) expect(round.wrong).toBe(0);
    expect(before.right).toBeGreaterThanOrEqual(0.9 * punches);
    expect(meanwhile.right).toBeGreaterThanOrEqual(before.right - 1);
    expect(after.right).toBeGreaterThanOrEqual(before.right - 1);
  });
});

const FRAMES_EACH = 3;
interface Part {
  readonly embedding: Float32Array;
  readonly quality: number;
}
