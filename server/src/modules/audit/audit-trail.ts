// Who did what, when and from where: one row per mutation, chained by hash per company, in the same unit of work.
// A row is never changed or removed here, and never holds a secret, an embedding or a matching distance.
import { randomUUID } from 'node:crypto';
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { GENESIS_HASH, chainHash } from '@hazri/shared/crypto/hash-chain';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../platform/http/principal.js';

export interface AuditRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly seq: number;
  readonly atMs: number;
  readonly actorKind: Actor['kind'];
  readonly actorId: string | null;
  readonly actorName: string;
  /** `thing.verb`, for example `person.left`. */
  readonly action: string;
  readonly subject: string | null;
  readonly address: string | null;
  readonly detail: AuditDetail | null;
  readonly prevHash: string;
  readonly hash: string;
}

export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditStore {
  /** The last row of the company's chain, locked until the unit of work ends. */
  lockHead(tenantId: string): Promise<{ readonly seq: number; readonly hash: string } | null>;
  /** In order, at least one, all of one company; the last one becomes its head. */
  append(records: readonly AuditRecord[]): Promise<void>;
}

interface AuditEntry {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly action: string;
  /** What it was done to, in words that an auditor reads (a code, a name, an e-mail address). */
  readonly subject?: string | null;
  readonly detail?: AuditDetail;
}

export class AuditTrail {
  constructor(
    private readonly store: AuditStore,
    private readonly clock: Clock,
    private readonly unitOfWork: Pick<UnitOfWork, 'beforeCommit'>,
  ) {}

  /** Must be called inside the unit of work of the change that it records; the row is written as its last act. */
  record(entry: AuditEntry): void {
    this.unitOfWork.beforeCommit(this.append, entry);
  }

  private readonly append = async (entries: readonly AuditEntry[]): Promise<void> => {
    for (const tenantId of [...new Set(entries.map((entry) => entry.tenantId))].sort()) {
      await this.appendOf(
        tenantId,
        entries.filter((entry) => entry.tenantId === tenantId),
      );
    }
  };

  private async appendOf(tenantId: string, entries: readonly AuditEntry[]): Promise<void> {
    let head = (await this.store.lockHead(tenantId)) ?? { seq: 0, hash: GENESIS_HASH };
    const records: AuditRecord[] = [];
    for (const entry of entries) {
      const unhashed = {
        id: randomUUID(),
        tenantId,
        seq: head.seq + 1,
        atMs: this.clock.nowMs(),
        actorKind: entry.actor.kind,
        actorId: entry.actor.id,
        actorName: entry.actor.name.slice(0, 200),
        action: entry.action,
        subject: entry.subject?.slice(0, 200) ?? null,
        address: entry.actor.address,
        detail: entry.detail ?? null,
      };
      const record = {
        ...unhashed,
        prevHash: head.hash,
        hash: chainHash(head.hash, canonicalBytes(unhashed)),
      };
      records.push(record);
      head = record;
    }
    await this.store.append(records);
  }
}

/** Whether `records`, in order of seq, are an unbroken chain that starts after `before`. */
export function isUnbroken(records: readonly AuditRecord[], before = GENESIS_HASH): boolean {
  let previous = before;
  for (const { prevHash, hash, ...unhashed } of records) {
    if (prevHash !== previous || chainHash(previous, canonicalBytes(unhashed)) !== hash) return false;
    previous = hash;
  }
  return true;
}

/** The server itself, for what nobody asked for. */
export const SYSTEM_ACTOR: Actor = { kind: 'system', id: null, name: 'system', address: null };
