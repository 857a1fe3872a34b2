// Who works at a site is read once a minute, per site, and a failed reading is not remembered.
import { describe, expect, it } from 'vitest';
import { SitePeople } from './site-people.js';

const SITE = { id: 's', zone: 'Asia/Kolkata' };
const MINUTE = 60_000;
/** 01:00 in India on 21 November, still the 20th in UTC. */
const NIGHT = Date.UTC(2026, 10, 20, 19, 30);

function sitePeople(answer: (siteId: string) => Promise<string[]>) {
  const asked: string[] = [];
  const unitOfWork = { run: <T>(work: () => Promise<T>) => work() };
  const people = {
    employedIdsAt: (_tenantId: string, siteId: string, date: string) => {
      asked.push(`${siteId} ${date}`);
      return answer(siteId);
    },
  };
  return { asked, of: new SitePeople(unitOfWork, people) };
}

describe('SitePeople', () => {
  it('asks once a minute for each site, by the date of the site', async () => {
    const { asked, of } = sitePeople((siteId) => Promise.resolve([`person of ${siteId}`]));
    expect([...(await of.of('t', SITE, NIGHT))]).toEqual(['person of s']);
    await of.of('t', SITE, NIGHT + MINUTE - 1);
    expect([...(await of.of('t', { ...SITE, id: 'other' }, NIGHT))]).toEqual(['person of other']);
    await of.of('t', SITE, NIGHT + MINUTE);
    expect(asked).toEqual(['s 2026-11-21', 'other 2026-11-21', 's 2026-11-21']);
  });

  it('does not remember a failure', async () => {
    let isDown = true;
    const { of } = sitePeople(() => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(['p'])));
    await expect(of.of('t', SITE, NIGHT)).rejects.toThrow('down');
    isDown = false;
    expect((await of.of('t', SITE, NIGHT)).size).toBe(1);
  });
});
