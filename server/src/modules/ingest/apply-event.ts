// What an event leads to, inside the unit of work that stores it: a punch, an undone punch, an enrolment, or a refusal.
import type { DisputeEvent, DeviceEvent } from '@hazri/shared/protocol/event';
import { type ExceptionBook, type RecordPunch, type UndoPunch, localDayAt } from '../attendance/public.js';
import { type PeopleDirectory, isEmployedOn } from '../people/public.js';
import { type Decided, nameless, refused } from './decided.js';
import type { EnrolFace } from './enrol-face.js';
import type { LearnFromPunch } from './learn-from-punch.js';
import type { EventContext, Prepared, Refusal } from './prepare-event.js';
import type { UnknownFaces } from './unknown-faces.js';

export interface ApplyEventDeps {
  readonly people: PeopleDirectory;
  readonly enrol: EnrolFace;
  readonly learn: LearnFromPunch;
  readonly punches: RecordPunch;
  readonly undo: UndoPunch;
  readonly exceptions: ExceptionBook;
  readonly unknownFaces: UnknownFaces;
}

export class ApplyEvent {
  constructor(private readonly deps: ApplyEventDeps) {}

  /** Null when it cannot be decided now. */
  async run(event: DeviceEvent, prepared: Prepared, context: EventContext): Promise<Decided | null> {
    switch (prepared.kind) {
      case 'undecided':
        return null;
      case 'plain':
        return event.type === 'dispute' ? this.dispute(event, context) : nameless({ kind: 'stored' });
      case 'refused':
        return this.refuse(event, prepared.reason, context);
      case 'liveness-undecided':
        return nameless({ kind: 'second-factor', reason: 'LIVENESS_UNDECIDED' });
      case 'unsure':
        if (prepared.decision.kind === 'not-recognised') await this.countUnknown(context);
        return nameless(prepared.decision);
      case 'person':
        return this.punch(event, prepared, context);
      case 'enrolment':
        return this.deps.enrol.run(prepared.event, prepared.faces, context);
      case 'face-differs':
        return this.faceDiffers(event, prepared.personId, context);
    }
  }

  private async punch(
    event: DeviceEvent,
    who: Extract<Prepared, { kind: 'person' }>,
    context: EventContext,
  ): Promise<Decided> {
    const { people, punches, learn } = this.deps;
    const { tenantId, device, actor, site, policy, receivedAtMs } = context;
    const employee = await people.employee(tenantId, who.personId);
    if (employee === null) return refused('NOT_EMPLOYED');
    if (!isEmployedOn(employee, localDayAt(event.atMs, site.zone).date)) return refused('NOT_EMPLOYED');
    const { epoch, seq, atMs, time } = event;
    const recorded = await punches.run({
      tenantId,
      employee,
      device,
      actor,
      site,
      event: { epoch, seq },
      method: who.method,
      atMs,
      time,
      receivedAtMs,
      policy,
    });
    if (recorded.kind === 'accepted') await learn.run(event, who.evidence, { employee, context });
    const { name: displayName, locale } = employee;
    return { outcome: { ...recorded, personId: employee.id }, displayName, locale };
  }

  private async dispute(event: DisputeEvent, context: EventContext): Promise<Decided> {
    const { tenantId, device, actor, receivedAtMs } = context;
    const { refersTo, atMs } = event;
    const undone = await this.deps.undo.run({ tenantId, device, actor, refersTo, atMs, receivedAtMs });
    return undone.ok ? nameless({ kind: 'undone', punchId: undone.value.punchId }) : refused(undone.error);
  }

  private async refuse(event: DeviceEvent, reason: Refusal, context: EventContext): Promise<Decided> {
    if (reason === 'BOX_UNREADABLE') {
      const { tenantId, device } = context;
      await this.deps.exceptions.open({
        tenantId,
        kind: 'BOX_UNREADABLE',
        sameAs: `box|${device.id}|${String(event.epoch)}|${String(event.seq)}`,
        atMs: event.atMs,
        deviceId: device.id,
      });
    }
    return refused(reason);
  }

  /** The event stays, and HR hears of it: whoever knew the PIN, or a person whose face has changed. */
  private async faceDiffers(event: DeviceEvent, personId: string, context: EventContext): Promise<Decided> {
    const { people, exceptions } = this.deps;
    const { tenantId, device } = context;
    const employee = await people.employee(tenantId, personId);
    await exceptions.open({
      tenantId,
      kind: 'FACE_DIFFERS',
      sameAs: `differs|${device.id}|${String(event.epoch)}|${String(event.seq)}`,
      atMs: event.atMs,
      personId,
      deviceId: device.id,
      department: employee?.department ?? null,
    });
    return refused('FACE_DIFFERS');
  }

  private async countUnknown({ tenantId, device, receivedAtMs }: EventContext): Promise<void> {
    const sameAs = this.deps.unknownFaces.count(device.id, receivedAtMs);
    if (sameAs === null) return;
    await this.deps.exceptions.open({
      tenantId,
      kind: 'NOT_RECOGNISED_REPEATEDLY',
      sameAs,
      atMs: receivedAtMs,
      deviceId: device.id,
    });
  }
}
