// Who works at a site: the people whom its tablets look for first. Remembered for a minute, because it only decides how
// the error budget is shared; who was added a moment ago is found all the same.
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { localDate } from '../../platform/clock/local-date.js';
import type { PeopleDirectory } from '../people/public.js';

const REMEMBER_MS = 60_000;
const SITES_AT_MOST = 2000;

interface Remembered {
  readonly atMs: number;
  readonly people: Promise<ReadonlySet<string>>;
}

export class SitePeople {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly unitOfWork: Pick<UnitOfWork, 'run'>,
    private readonly people: Pick<PeopleDirectory, 'employedIdsAt'>,
  ) {}

  async of(
    tenantId: string,
    site: { readonly id: string; readonly zone: string },
    nowMs: number,
  ): Promise<ReadonlySet<string>> {
    const name = `${tenantId}|${site.id}`;
    const known = this.remembered.get(name);
    if (known !== undefined && Math.abs(nowMs - known.atMs) < REMEMBER_MS) return known.people;
    const date = localDate(nowMs, site.zone);
    const people = this.unitOfWork
      .run(() => this.people.employedIdsAt(tenantId, site.id, date))
      .then((ids) => new Set(ids));
    if (this.remembered.size >= SITES_AT_MOST) this.remembered.clear();
    this.remembered.set(name, { atMs: nowMs, people });
    try {
      return await people;
    } catch (error) {
      this.remembered.delete(name);
      throw error;
    }
  }
}
