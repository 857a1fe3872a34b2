// What an event leads to, inside the unit of work that stores it: a punch, an undone punch, an enrolment, or a refusal.
import type { DisputeEvent, DeviceEvent, EnrolmentEvent } from '@hazri/shared/protocol/event';
import { type ExceptionBook, type RecordPunch, type UndoPunch, localDayAt } from '../attendance/public.js';
import { isKnownNotice } from '../devices/public.js';
import type { IdentifyFace, KeepTemplates } from '../matching/public.js';
import {
  type Employee,
  type EnrolmentTickets,
  type PeopleDirectory,
  isEmployedOn,
} from '../people/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { EventContext, Prepared, Refusal } from './prepare-event.js';
import type { StoredOutcome } from './stored-event.js';
import type { UnknownFaces } from './unknown-faces.js';

export interface ApplyEventDeps {
  readonly people: PeopleDirectory;
  readonly tickets: EnrolmentTickets;
  readonly companies: CompanyDirectory;
  readonly punches: RecordPunch;
  readonly undo: UndoPunch;
  readonly exceptions: ExceptionBook;
  readonly templates: KeepTemplates;
  readonly identify: IdentifyFace;
  readonly unknownFaces: UnknownFaces;
}

/** What is stored, and the name that only the tablet's reply carries. */
export interface Decided {
  readonly outcome: StoredOutcome;
  readonly displayName: string;
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
        return this.enrol(prepared.event, prepared.embeddings, context);
    }
  }

  private async punch(
    event: DeviceEvent,
    who: Extract<Prepared, { kind: 'person' }>,
    context: EventContext,
  ): Promise<Decided> {
    const { people, punches } = this.deps;
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
    return { outcome: { ...recorded, personId: employee.id }, displayName: employee.name };
  }

  private async dispute(event: DisputeEvent, context: EventContext): Promise<Decided> {
    const { tenantId, device, actor, receivedAtMs } = context;
    const { refersTo, atMs } = event;
    const undone = await this.deps.undo.run({ tenantId, device, actor, refersTo, atMs, receivedAtMs });
    return undone.ok ? nameless({ kind: 'undone', punchId: undone.value.punchId }) : refused(undone.error);
  }

  private async enrol(
    event: EnrolmentEvent,
    embeddings: readonly Float32Array[],
    context: EventContext,
  ): Promise<Decided | null> {
    const { tickets, templates } = this.deps;
    const { tenantId, device, actor } = context;
    const atMs = event.time.quality === 'trusted' ? event.atMs : context.receivedAtMs;
    const ticket = { tenantId, deviceId: device.id, ticketId: event.ticketId, atMs };
    const checked = await tickets.check(ticket);
    if (!checked.ok) return refused(checked.error);
    if (!(await this.isNoticeKnown(event, tenantId))) return refused('CONSENT_MISSING');
    const { employee } = checked.value;
    const personId = employee.id;
    const other = this.otherPerson(event, embeddings, { context, personId });
    if (other === 'unavailable') return null;
    if (other === 'unusable') return refused('EMBEDDING_INVALID');
    if (other === 'model-unknown') return refused('MODEL_UNKNOWN');
    if (other === 'taken') return this.duplicateFace(event, employee, context);
    const completed = await tickets.completeTicket({
      ...ticket,
      actor,
      consent: event.consent,
    });
    if (!completed.ok) return refused(completed.error);
    const modelId = event.models.recognition;
    const count = await templates.replace({ tenantId, personId, modelId, embeddings });
    return {
      outcome: { kind: 'enrolled', personId, templates: count },
      displayName: completed.value.name,
    };
  }

  private async isNoticeKnown(event: EnrolmentEvent, tenantId: string): Promise<boolean> {
    const company = await this.deps.companies.company(tenantId);
    return company !== null && isKnownNotice(company.name, event.consent);
  }

  private otherPerson(
    event: EnrolmentEvent,
    embeddings: readonly Float32Array[],
    at: { readonly context: EventContext; readonly personId: string },
  ): 'taken' | 'free' | 'unavailable' | 'unusable' | 'model-unknown' {
    const { tenantId, policy } = at.context;
    for (const embedding of embeddings) {
      const found = this.deps.identify.otherPersonWith(
        { tenantId, modelId: event.models.recognition, embedding, wrongPerMillion: policy.wrongPerMillion },
        at.personId,
      );
      if (!found.ok) {
        if (found.error === 'MATCHING_UNAVAILABLE') return 'unavailable';
        return found.error === 'MODEL_UNKNOWN' ? 'model-unknown' : 'unusable';
      }
      if (found.value !== undefined) return 'taken';
    }
    return 'free';
  }

  private async duplicateFace(
    event: EnrolmentEvent,
    employee: Employee,
    context: EventContext,
  ): Promise<Decided> {
    const { tenantId, device, actor } = context;
    await this.deps.tickets.refuseTicket({
      tenantId,
      actor,
      ticketId: event.ticketId,
      employee,
      reason: 'DUPLICATE_FACE',
    });
    await this.deps.exceptions.open({
      tenantId,
      kind: 'DUPLICATE_FACE',
      sameAs: `face|${device.id}|${String(event.epoch)}|${String(event.seq)}`,
      atMs: event.atMs,
      personId: employee.id,
      deviceId: device.id,
    });
    return refused('DUPLICATE_FACE');
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

const nameless = (outcome: StoredOutcome): Decided => ({ outcome, displayName: '' });
const refused = (reason: Refusal): Decided => nameless({ kind: 'refused', reason });
