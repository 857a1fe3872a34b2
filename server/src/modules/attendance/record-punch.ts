// Turns a recognised person at a tablet into a punch, or into the answer that the person is already in or out.
// The direction follows from the person's open work session; the tablet has no say in it.
import { randomUUID } from 'node:crypto';
import { meaningOfScan, workSessions, workedMin } from '@hazri/shared/domain/attendance/work-session';
import type { SessionRule } from '@hazri/shared/domain/attendance/work-session';
import type { TimeClaim } from '@hazri/shared/protocol/event';
import type { Direction, TimeQuality } from '@hazri/shared/protocol/primitives';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyPolicy } from '../devices/public.js';
import type { LiveEvents } from '../live/public.js';
import type { Employee } from '../people/public.js';
import type { ExceptionBook } from './exceptions.js';
import { localDayAt } from './local-day.js';
import { punchView } from './punch-view.js';
import type { EventRef, Punch, PunchStore } from './punch.js';

export interface ScanToRecord {
  readonly tenantId: string;
  readonly employee: Employee;
  readonly device: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  readonly site: { readonly id: string; readonly zone: string };
  readonly event: Omit<EventRef, 'deviceId'>;
  readonly method: Punch['method'];
  readonly atMs: number;
  readonly time: TimeClaim;
  readonly receivedAtMs: number;
  readonly policy: CompanyPolicy;
}

export type RecordedScan =
  | {
      readonly kind: 'accepted';
      readonly punchId: string;
      readonly direction: Direction;
      readonly atMs: number;
      readonly workedTodayMin: number;
    }
  | { readonly kind: 'duplicate'; readonly direction: Direction; readonly sinceMs: number };

/** A claim this far in the server's future is not an error of a clock any more. */
const FUTURE_TOLERANCE_MS = 2 * 60_000;

export class RecordPunch {
  constructor(
    private readonly punches: PunchStore,
    private readonly exceptions: ExceptionBook,
    private readonly unitOfWork: UnitOfWork,
    private readonly live: LiveEvents,
    private readonly audit: AuditTrail,
  ) {}

  /** Makes others who record for these people wait; the first thing that a unit of work does, always in one order. */
  async takeTurns(tenantId: string, personIds: readonly string[]): Promise<void> {
    for (const personId of [...new Set(personIds)].sort()) await this.punches.takeTurn(tenantId, personId);
  }

  /** Inside the unit of work that stores the event, after `takeTurns` for its person. */
  async run(scan: ScanToRecord): Promise<RecordedScan> {
    const { tenantId, employee, atMs, policy } = scan;
    const rule: SessionRule = {
      duplicateWithinMs: policy.duplicateWithinSec * 1000,
      maxSessionMs: policy.maxSessionMin * 60_000,
    };
    const span = { fromMs: atMs - 2 * rule.maxSessionMs, untilMs: atMs + rule.maxSessionMs };
    const around = await this.punches.counted(tenantId, employee.id, span);
    const meaning = meaningOfScan(around, atMs, rule);
    if (meaning.kind === 'duplicate') {
      return { kind: 'duplicate', direction: meaning.of.direction, sinceMs: meaning.of.atMs };
    }
    const punch = punchOf(scan, meaning.direction);
    await this.punches.add(punch);
    this.audit.record({
      tenantId,
      actor: scan.actor,
      action: 'punch.recorded',
      subject: employee.code,
      detail: { direction: punch.direction, method: punch.method, atMs, epoch: punch.epoch, seq: punch.seq },
    });
    await this.raise(
      scan,
      punch,
      around.some((other) => other.atMs > atMs),
    );
    this.publish(scan, punch);
    const workedTodayMin = workedOnDayOf(punch, [...around, punch], rule);
    return { kind: 'accepted', punchId: punch.id, direction: punch.direction, atMs, workedTodayMin };
  }

  private async raise(scan: ScanToRecord, punch: Punch, hasLater: boolean): Promise<void> {
    const { tenantId, id: punchId, atMs, personId, deviceId } = punch;
    const about = { tenantId, atMs, personId, deviceId, punchId, department: scan.employee.department };
    if (punch.timeQuality !== 'trusted') {
      await this.exceptions.open({ ...about, kind: 'CLOCK_UNVERIFIED', sameAs: `clock|${punchId}` });
    }
    if (hasLater) await this.exceptions.open({ ...about, kind: 'LATE_ARRIVAL', sameAs: `late|${punchId}` });
  }

  private publish(scan: ScanToRecord, punch: Punch): void {
    const { employee, device, tenantId } = scan;
    const names = { personName: employee.name, personCode: employee.code, deviceName: device.name };
    const view = punchView({ ...punch, undoneAtMs: null }, names);
    this.unitOfWork.afterCommit(() => {
      this.live.publish(tenantId, { type: 'punch', punch: view }, { department: employee.department });
    });
  }
}

function punchOf(scan: ScanToRecord, direction: Direction): Punch {
  return {
    id: randomUUID(),
    tenantId: scan.tenantId,
    personId: scan.employee.id,
    siteId: scan.site.id,
    deviceId: scan.device.id,
    epoch: scan.event.epoch,
    seq: scan.event.seq,
    direction,
    method: scan.method,
    atMs: scan.atMs,
    earliestMs: scan.time.earliestMs,
    latestMs: scan.time.latestMs,
    timeQuality: qualityOf(scan),
    zone: scan.site.zone,
    receivedAtMs: scan.receivedAtMs,
  };
}

/** The claim itself stands in the event; a punch from the future is marked whatever the tablet claims. */
function qualityOf({ atMs, time, receivedAtMs }: ScanToRecord): TimeQuality {
  return atMs > receivedAtMs + FUTURE_TOLERANCE_MS ? 'tampered' : time.quality;
}

/** Minutes of the sessions that began on the same local day as the one this punch belongs to. */
function workedOnDayOf(punch: Punch, punches: readonly Punch[], rule: SessionRule): number {
  const sessions = workSessions(
    punches.filter((one) => one.atMs <= punch.atMs),
    rule,
  );
  const own = sessions.at(-1);
  const day = localDayAt(own?.inMs ?? punch.atMs, punch.zone);
  const ofDay = sessions.filter((session) => session.inMs >= day.startMs && session.inMs < day.endMs);
  return workedMin(ofDay, punch.atMs, rule);
}
