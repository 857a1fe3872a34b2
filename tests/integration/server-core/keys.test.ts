// Keys and templates at rest, on every database: what a thief of the database gets, and what erasure means.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WrappedKeyRepository } from '../../../server/src/platform/keys/persistence/wrapped-keys.js';
import { rootKeyFrom } from '../../../server/src/platform/keys/root-key.js';
import { ServerKeys } from '../../../server/src/platform/keys/server-keys.js';
import { TemplateVault } from '../../../server/src/platform/keys/template-vault.js';
import { TenantKeys } from '../../../server/src/platform/keys/tenant-keys.js';
import { ManualClock } from '../../../server/src/platform/clock/clock.js';
import { DIALECTS, type OpenedPlace, openPlace } from '../../support/dialects.js';

const clock = new ManualClock(Date.UTC(2026, 10, 20));

function embedding(seed: number): Float32Array {
  const raw = Float32Array.from({ length: 128 }, (_, at) => Math.sin(seed * 31 + at * 7.3));
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}
const furthest = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? 0))));

describe.each(DIALECTS)('keys on %s', { timeout: 30_000 }, (dialect) => {
  let place: OpenedPlace;
  const rootKey = rootKeyFrom(randomBytes(32));
  let rows: WrappedKeyRepository;
  let vault: TemplateVault;
  const tenantId = randomUUID();
  const otherTenantId = randomUUID();
  beforeAll(async () => {
    place = await openPlace(dialect);
    rows = new WrappedKeyRepository(place.database);
    const keys = new TenantKeys(rootKey, rows, clock);
    vault = new TemplateVault(keys);
    await place.unitOfWork.run(async () => {
      await keys.createFor(tenantId);
      await keys.createFor(otherTenantId);
    });
  });
  afterAll(() => place.remove());

  const at = (more: object = {}) => ({
    tenantId,
    personId: randomUUID(),
    templateId: randomUUID(),
    modelId: 'recognition-1',
    ...more,
  });
  const inUnit = <T>(work: () => Promise<T>): Promise<T> => place.unitOfWork.run(work);

  it('give a template back after a restart, and hold it turned and encrypted', async () => {
    const here = at();
    const sealed = await inUnit(() => vault.seal(here, embedding(1)));
    const restarted = new TemplateVault(new TenantKeys(rootKey, rows, clock));
    const opened = await inUnit(() => restarted.open(here, sealed));
    expect(opened.ok && furthest(opened.value, embedding(1))).toBeLessThan(1e-6);
    const plain = Buffer.from(embedding(1).buffer);
    expect(Buffer.from(sealed).includes(plain.subarray(0, 8))).toBe(false);
  });

  it('open nothing that was moved to another tenant, person, template or model', async () => {
    const here = at();
    const sealed = await inUnit(() => vault.seal(here, embedding(2)));
    const other = at();
    await inUnit(() => vault.seal(other, embedding(3)));
    await inUnit(() => vault.seal({ ...here, tenantId: otherTenantId }, embedding(3)));
    const moved = [
      { ...here, tenantId: otherTenantId },
      { ...here, personId: other.personId },
      { ...here, templateId: randomUUID() },
      { ...here, modelId: 'recognition-2' },
    ];
    for (const elsewhere of moved) {
      expect(await inUnit(() => vault.open(elsewhere, sealed))).toEqual({
        ok: false,
        error: 'TEMPLATE_UNREADABLE',
      });
    }
  });

  it('are destroyed with the person: no copy of a template opens any more', async () => {
    const here = at();
    const sealed = await inUnit(() => vault.seal(here, embedding(4)));
    await inUnit(() => vault.destroyPerson(tenantId, here.personId));
    const gone = { ok: false, error: 'TEMPLATE_KEY_DESTROYED' };
    expect(await inUnit(() => vault.open(here, sealed))).toEqual(gone);
    await inUnit(() => vault.seal({ ...here, templateId: randomUUID() }, embedding(5)));
    expect(await inUnit(() => vault.open(here, sealed))).toEqual({ ok: false, error: 'TEMPLATE_UNREADABLE' });
  });

  it('open many at once, in order, one bad template among them', async () => {
    const many = await inUnit(async () => {
      const made = [];
      for (let seed = 0; seed < 50; seed += 1) {
        const here = at();
        made.push({ ...here, sealed: await vault.seal(here, embedding(seed)) });
      }
      return made;
    });
    const broken = many.map((each, seed) => (seed === 7 ? { ...each, sealed: randomBytes(540) } : each));
    const opened = await inUnit(() => vault.openMany(tenantId, broken));
    opened.forEach((result, seed) => {
      if (seed === 7) expect(result).toEqual({ ok: false, error: 'TEMPLATE_UNREADABLE' });
      else expect(result.ok && furthest(result.value, embedding(seed)), String(seed)).toBeLessThan(1e-6);
    });
  });

  it("are the server's own, once, and only for the right root key", async () => {
    const first = await inUnit(() => ServerKeys.load(rootKey, rows, clock));
    const again = await inUnit(() => ServerKeys.load(rootKey, rows, clock));
    expect(again.signPublicKey).toEqual(first.signPublicKey);
    expect(again.currentBoxKey()).toEqual(first.currentBoxKey());
    expect(first.sign(Buffer.from('x'))).toEqual(again.sign(Buffer.from('x')));
    const wrong = inUnit(() => ServerKeys.load(rootKeyFrom(randomBytes(32)), rows, clock));
    await expect(wrong).rejects.toMatchObject({ code: 'ROOT_KEY_WRONG' });
  });
});

describe('a stolen SQLite file', () => {
  it('holds no secret key and no embedding', async () => {
    const place = await openPlace('sqlite');
    const { location } = place;
    if (location.dialect !== 'sqlite') throw new Error('not a file');
    const rootKey = rootKeyFrom(randomBytes(32));
    const rows = new WrappedKeyRepository(place.database);
    const keys = new TenantKeys(rootKey, rows, clock);
    const tenantId = randomUUID();
    const server = await place.unitOfWork.run(async () => {
      await keys.createFor(tenantId);
      const where = { tenantId, personId: randomUUID(), templateId: randomUUID(), modelId: 'm' };
      await new TemplateVault(keys).seal(where, embedding(9));
      return ServerKeys.load(rootKey, rows, clock);
    });
    const [stored] = await place.unitOfWork.run(() =>
      place.database.manager().query<{ w: Buffer }[]>('SELECT wrapped AS w FROM tenant_key'),
    );
    const tenantKey = rootKey.unwrap(stored?.w ?? Buffer.alloc(0), {
      tenant: tenantId,
      purpose: 'tenant-key',
      id: tenantId,
    });
    const files = [location.file, `${location.file}-wal`].map((file) => readFileSync(file));
    for (const secret of [Buffer.from(server.currentBoxKey().secretKey), tenantKey]) {
      for (const form of [
        secret,
        Buffer.from(secret.toString('hex')),
        Buffer.from(secret.toString('base64')),
      ]) {
        expect(files.some((bytes) => bytes.includes(form))).toBe(false);
      }
    }
    await place.remove();
  });
});
