// "That's not me": the newest punch of the tablet is taken back while the person still stands there. The punch stays as
// it is; a record beside it says that it does not count, and HR sees an exception.
import { type Result, err, ok } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { PeopleDirectory } from '../people/public.js';
import type { ExceptionBook } from './exceptions.js';
import { punchView } from './punch-view.js';
import type { EventRef, PunchStore } from './punch.js';

/** How long after the punch, by the tablet's clock. */
const UNDO_WITHIN_MS = 10 * 60_000;

export interface Dispute {
  readonly tenantId: string;
  readonly device: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  readonly refersTo: Omit<EventRef, 'deviceId'>;
  readonly atMs: number;
  readonly receivedAtMs: number;
}

export interface UndoPunchDeps {
  readonly punches: PunchStore;
  readonly exceptions: ExceptionBook;
  readonly people: PeopleDirectory;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly unitOfWork: UnitOfWork;
}

export class UndoPunch {
  constructor(private readonly deps: UndoPunchDeps) {}

  /** Inside the unit of work that stores the event. */
  async run(dispute: Dispute): Promise<Result<{ punchId: string }, 'DISPUTE_UNKNOWN'>> {
    const { punches, exceptions, people, audit } = this.deps;
    const { tenantId, device, atMs } = dispute;
    const punch = await punches.byEvent(tenantId, { deviceId: device.id, ...dispute.refersTo });
    const newest = await punches.newestOfDevice(tenantId, device.id);
    if (punch?.undoneAtMs !== null || newest?.id !== punch.id) return err('DISPUTE_UNKNOWN');
    if (Math.abs(atMs - punch.atMs) > UNDO_WITHIN_MS) return err('DISPUTE_UNKNOWN');
    const { id: punchId, personId } = punch;
    await punches.takeTurn(tenantId, personId);
    await punches.addUndo({
      punchId,
      tenantId,
      atMs,
      receivedAtMs: dispute.receivedAtMs,
      reason: 'disputed',
    });
    const employee = await people.employee(tenantId, personId);
    const department = employee?.department ?? null;
    const about = { tenantId, atMs, personId, deviceId: device.id, punchId, department };
    await exceptions.open({ ...about, kind: 'DISPUTED', sameAs: `disputed|${punchId}` });
    audit.record({
      tenantId,
      actor: dispute.actor,
      action: 'punch.disputed',
      subject: employee?.code ?? null,
    });
    const names = {
      personName: employee?.name ?? '',
      personCode: employee?.code ?? '',
      deviceName: device.name,
    };
    const view = punchView({ ...punch, undoneAtMs: atMs }, names);
    this.deps.unitOfWork.afterCommit(() => {
      this.deps.live.publish(tenantId, { type: 'punch', punch: view }, { department });
    });
    return ok({ punchId });
  }
}
