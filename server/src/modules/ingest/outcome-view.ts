// Stored outcomes as a tablet hears them: with the person's name and language as they are now.
import type { EventsResponse, Outcome } from '@hazri/shared/protocol/device';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Employee, PeopleDirectory } from '../people/public.js';
import type { Decided } from './decided.js';
import type { EventStore, SeqRange, StoredOutcome } from './stored-event.js';

type ShownPerson = Pick<Decided, 'displayName' | 'locale'>;

const shownPerson = (employee: Employee | undefined): ShownPerson =>
  employee === undefined ? { displayName: '' } : { displayName: employee.name, locale: employee.locale };

export class OutcomeViews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly people: PeopleDirectory,
  ) {}

  /** One per event of the range, in order; what is not decided yet is "stored". */
  of(range: SeqRange): Promise<EventsResponse['outcomes']> {
    return this.unitOfWork.run(async () => {
      const stored = await this.events.outcomes(range);
      const ids = [...stored.values()].flatMap((outcome) =>
        'personId' in outcome ? [outcome.personId] : [],
      );
      const people = await this.people.employees(range.tenantId, [...new Set(ids)]);
      const outcomes: EventsResponse['outcomes'] = [];
      for (let seq = range.fromSeq; seq <= range.toSeq; seq += 1) {
        const outcome = stored.get(seq) ?? { kind: 'stored' };
        outcomes.push({ seq, outcome: namedOutcome(outcome, (id) => shownPerson(people.get(id))) });
      }
      return outcomes;
    });
  }
}

export function namedOutcome(outcome: StoredOutcome, personOf: (personId: string) => ShownPerson): Outcome {
  if (!('personId' in outcome)) return outcome;
  const { personId, ...rest } = outcome;
  const { displayName, locale } = personOf(personId);
  return locale === undefined ? { ...rest, displayName } : { ...rest, displayName, locale };
}
