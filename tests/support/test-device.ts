// Tablets as rows, for suites that need one to exist; and the first half of a pairing with a real signature.
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { pairProofBytes } from '../../shared/src/crypto/reply-signing.js';
import { toBase64 } from '../../shared/src/crypto/encoding.js';
import { deviceSchema } from '../../server/src/modules/devices/persistence/device.schema.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { ConsoleClient, Reply } from './console-client.js';
import type { TestServer } from './server.js';

/** Runs inside a unit of work of the running server. */
export function inDatabase<T>(server: TestServer, work: (database: Database) => Promise<T>): Promise<T> {
  const { app } = server.running;
  return app.get(UnitOfWork).run(() => work(app.get(Database)));
}

export async function addActiveDevice(
  server: TestServer,
  of: { readonly tenantId: string; readonly siteId: string },
): Promise<string> {
  const id = randomUUID();
  const row = {
    ...of,
    id,
    name: 'Gate tablet',
    state: 'active' as const,
    signPublicKey: randomBytes(32).toString('base64'),
    platform: 'test',
    cameraPin: null,
    itPinSalt: randomBytes(16).toString('base64'),
    itPinHash: randomBytes(32).toString('base64'),
    createdAtMs: server.clock.nowMs(),
    revokedAtMs: null,
  };
  await inDatabase(server, (database) => database.manager().getRepository(deviceSchema).insert(row));
  return id;
}

/** What a tablet sends first; the pairing then waits for the administrator. */
export function presentCode(client: ConsoleClient, code: string): Promise<Reply> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const unsigned = {
    protocol: 1 as const,
    code: code.replace('-', ''),
    signPublicKey: toBase64(new Uint8Array(spki.subarray(-32))),
    appVersion: '0.1.0',
    platform: 'test',
    camera: null,
  };
  const proof = toBase64(new Uint8Array(sign(null, pairProofBytes(unsigned), privateKey)));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...unsigned, proof });
  return client.raw({ method: 'POST', path: '/api/device/v1/pair', headers, body });
}
