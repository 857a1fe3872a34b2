// Stored outcomes as a tablet hears them: with the person's name as it is now.
import type { EventsResponse, Outcome } from '@hazri/shared/protocol/device';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { PeopleDirectory } from '../people/public.js';
import type { EventStore, SeqRange, StoredOutcome } from './stored-event.js';

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
        outcomes.push({ seq, outcome: namedOutcome(outcome, (id) => people.get(id)?.name ?? '') });
      }
      return outcomes;
    });
  }
}

export function namedOutcome(outcome: StoredOutcome, nameOf: (personId: string) => string): Outcome {
  if (!('personId' in outcome)) return outcome;
  const { personId, ...rest } = outcome;
  return { ...rest, displayName: nameOf(personId) };
}
