// Invites one tablet: makes the code and the IT PIN, which are shown once and stored only as hashes.
import { randomUUID } from 'node:crypto';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { ServerIdentity } from './device-config.js';
import {
  PAIRING_LIFE_MS,
  type PairingStore,
  hashPairingCode,
  newItPin,
  newPairingCode,
  spokenCode,
} from './pairing.js';

export interface NewPairing {
  readonly pairingId: string;
  readonly code: string;
  readonly itPin: string;
  readonly serverAddress: string;
  readonly expiresAtMs: number;
}

/** Codes that ran out are kept this long, so that the console can say what became of them. */
const KEEP_MS = 24 * 60 * 60_000;

export class CreatePairing {
  constructor(
    private readonly deps: {
      readonly unitOfWork: UnitOfWork;
      readonly pairings: PairingStore;
      readonly companies: CompanyDirectory;
      readonly identity: Pick<ServerIdentity, 'address'>;
      readonly audit: AuditTrail;
      readonly clock: Clock;
    },
  ) {}

  async run(
    by: UserRequest,
    input: { readonly name: string; readonly siteId: string },
  ): Promise<Result<NewPairing, 'NOT_FOUND'>> {
    const code = newPairingCode();
    const itPin = await newItPin();
    const { unitOfWork, pairings, companies, audit, clock, identity } = this.deps;
    const { tenantId } = by.principal;
    const nowMs = clock.nowMs();
    const expiresAtMs = nowMs + PAIRING_LIFE_MS;
    const pairingId = randomUUID();
    return unitOfWork.run(async () => {
      if ((await companies.site(tenantId, input.siteId)) === null) return err('NOT_FOUND');
      await pairings.forgetBefore(nowMs - KEEP_MS);
      await pairings.add({
        id: pairingId,
        tenantId,
        name: input.name,
        siteId: input.siteId,
        state: 'waiting',
        codeHash: hashPairingCode(code),
        itPinSalt: itPin.salt,
        itPinHash: itPin.hash,
        deviceId: null,
        createdAtMs: nowMs,
        expiresAtMs,
      });
      audit.record({ tenantId, actor: by.actor, action: 'pairing.created', subject: input.name });
      return ok({
        pairingId,
        code: spokenCode(code),
        itPin: itPin.pin,
        serverAddress: identity.address(),
        expiresAtMs,
      });
    });
  }
}
