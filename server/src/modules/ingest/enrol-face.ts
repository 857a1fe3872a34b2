// Makes templates of an enrolment, inside the unit of work that stores it. The same face under another employee is
// refused and shown to HR with both names; a near one is noted, and from then on that pair is asked for the PIN.
import type { EnrolmentEvent } from '@hazri/shared/protocol/event';
import type { ExceptionBook } from '../attendance/public.js';
import { isKnownNotice } from '../devices/public.js';
import type {
  Face,
  KeepTemplates,
  LookAlikes,
  NearPeople,
  NearPerson,
  RecognitionModels,
} from '../matching/public.js';
import type { Employee, EnrolmentTickets } from '../people/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import { type Decided, refused } from './decided.js';
import type { EnrolledFaces, EventContext } from './prepare-event.js';

export interface EnrolFaceDeps {
  readonly tickets: EnrolmentTickets;
  readonly companies: CompanyDirectory;
  readonly exceptions: ExceptionBook;
  readonly templates: KeepTemplates;
  readonly near: NearPeople;
  readonly lookAlikes: LookAlikes;
  readonly models: RecognitionModels;
}

interface Enrolling {
  readonly event: EnrolmentEvent;
  readonly employee: Employee;
  readonly context: EventContext;
}

export class EnrolFace {
  constructor(private readonly deps: EnrolFaceDeps) {}

  /** Null when it cannot be decided now. */
  async run(event: EnrolmentEvent, faces: EnrolledFaces, context: EventContext): Promise<Decided | null> {
    const { tickets, templates } = this.deps;
    const { tenantId, device, actor, policy } = context;
    const atMs = event.time.quality === 'trusted' ? event.atMs : context.receivedAtMs;
    const ticket = { tenantId, deviceId: device.id, ticketId: event.ticketId, atMs };
    const checked = await tickets.check(ticket);
    if (!checked.ok) return refused(checked.error);
    if (!(await this.isNoticeKnown(event, tenantId))) return refused('CONSENT_MISSING');
    const { employee } = checked.value;
    const near = this.deps.near.run({
      tenantId,
      faces: [...faces.current, ...faces.next],
      exceptPersonId: employee.id,
      wrongPerMillion: policy.wrongPerMillion,
    });
    if (!near.ok) return near.error === 'MATCHING_UNAVAILABLE' ? null : refused(near.error);
    const other = await this.samePerson(near.value, employee);
    if (other !== null) return this.duplicate({ event, employee, context }, other);
    const completed = await tickets.completeTicket({ ...ticket, actor, consent: event.consent });
    if (!completed.ok) return refused(completed.error);
    const kept = await this.facesToKeep(faces, tenantId);
    const count = await templates.replace({
      tenantId,
      personId: employee.id,
      modelId: kept[0]?.modelId ?? event.models.recognition,
      embeddings: kept.map(({ embedding }) => embedding),
      infos: event.templates,
    });
    const nearIds = new Set(near.value.map(({ personId }) => personId));
    await this.deps.lookAlikes.reconsider(tenantId, employee.id, nearIds);
    await this.noteNear(near.value, employee, context);
    const outcome = { kind: 'enrolled', personId: employee.id, templates: count } as const;
    return { outcome, displayName: employee.name, locale: employee.locale };
  }

  private async isNoticeKnown(event: EnrolmentEvent, tenantId: string): Promise<boolean> {
    const company = await this.deps.companies.company(tenantId);
    return company !== null && isKnownNotice(company.name, event.consent);
  }

  /** During a roll-over a new person begins with the next model, where the tablet sent it. */
  private async facesToKeep({ current, next }: EnrolledFaces, tenantId: string): Promise<readonly Face[]> {
    const models = await this.deps.models.of(tenantId);
    return next[0]?.modelId === (models.next ?? models.current) ? next : current;
  }

  /** The nearest whose face is the same, unless HR has said that they are two people. */
  private async samePerson(near: readonly NearPerson[], employee: Employee): Promise<string | null> {
    const { lookAlikes } = this.deps;
    for (const { personId, likeness } of near) {
      if (likeness !== 'same') continue;
      if (!(await lookAlikes.areTwoPeople(employee.tenantId, employee.id, personId))) return personId;
    }
    return null;
  }

  private async noteNear(
    near: readonly NearPerson[],
    employee: Employee,
    { tenantId, actor }: EventContext,
  ): Promise<void> {
    for (const { personId, likeness } of near) {
      const personIds = [employee.id, personId] as const;
      const found = { tenantId, personIds, found: 'enrolment', likeness, state: 'open' } as const;
      await this.deps.lookAlikes.note(found, actor);
    }
  }

  private async duplicate({ event, employee, context }: Enrolling, otherPersonId: string): Promise<Decided> {
    const { tickets, exceptions, lookAlikes } = this.deps;
    const { tenantId, device, actor } = context;
    const { ticketId, epoch, seq, atMs } = event;
    await tickets.refuseTicket({ tenantId, actor, ticketId, employee, reason: 'DUPLICATE_FACE' });
    const personIds = [employee.id, otherPersonId] as const;
    const found = { tenantId, personIds, found: 'enrolment', likeness: 'same', state: 'blocked' } as const;
    await lookAlikes.note(found, actor);
    await exceptions.open({
      tenantId,
      kind: 'DUPLICATE_FACE',
      sameAs: `face|${device.id}|${String(epoch)}|${String(seq)}`,
      atMs,
      personId: employee.id,
      otherPersonId,
      deviceId: device.id,
      department: employee.department,
    });
    return refused('DUPLICATE_FACE');
  }
}
