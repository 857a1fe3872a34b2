// Whose rows a signed-in person may see: everyone's, or those of the own department.
import type { Clock } from '../../platform/clock/clock.js';
import type { UserPrincipal } from '../../platform/http/principal.js';
import type { PeopleDirectory } from '../people/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import { localDayAt } from './local-day.js';

const DEFAULT_ZONE = 'UTC';

export class TeamScope {
  constructor(
    private readonly people: PeopleDirectory,
    private readonly companies: CompanyDirectory,
    private readonly clock: Clock,
  ) {}

  /** Ids of the people whose rows `principal` may see; null means everyone's. A head without a team sees nobody. */
  async of(principal: UserPrincipal): Promise<readonly string[] | null> {
    if (principal.role !== 'head') return null;
    if (principal.department === null) return [];
    const { date } = localDayAt(this.clock.nowMs(), await this.zoneOf(principal.tenantId));
    const scope = { department: principal.department, siteId: null };
    return (await this.people.employedOn(principal.tenantId, date, scope)).map((employee) => employee.id);
  }

  async zoneOf(tenantId: string): Promise<string> {
    return (await this.companies.company(tenantId))?.zone ?? DEFAULT_ZONE;
  }
}
