// IN or OUT, doubles, forgotten punches and late arrivals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PunchPoint, meaningOfScan, openSession, workSessions, workedMin } from './work-session.js';

const MIN = 60_000;
const HOUR = 60 * MIN;
const rule = { duplicateWithinMs: MIN, maxSessionMs: 16 * HOUR };
const nine = Date.UTC(2026, 10, 20, 9);
const at = (direction: 'in' | 'out', atMs: number): PunchPoint => ({ direction, atMs });

describe('meaningOfScan', () => {
  it('alternates IN and OUT', () => {
    expect(meaningOfScan([], nine, rule)).toEqual({ kind: 'punch', direction: 'in' });
    expect(meaningOfScan([at('in', nine)], nine + HOUR, rule)).toEqual({ kind: 'punch', direction: 'out' });
    const both = [at('in', nine), at('out', nine + HOUR)];
    expect(meaningOfScan(both, nine + 2 * HOUR, rule)).toEqual({ kind: 'punch', direction: 'in' });
  });

  it('takes a scan within the interval as the same act, on both sides and not at its end', () => {
    const first = at('in', nine);
    expect(meaningOfScan([first], nine + MIN - 1, rule)).toEqual({ kind: 'duplicate', of: first });
    expect(meaningOfScan([first], nine - MIN + 1, rule)).toEqual({ kind: 'duplicate', of: first });
    expect(meaningOfScan([first], nine + MIN, rule)).toEqual({ kind: 'punch', direction: 'out' });
    expect(meaningOfScan([first], nine, { ...rule, duplicateWithinMs: 0 }).kind).toBe('punch');
  });

  it('begins anew after a forgotten OUT', () => {
    const forgotten = [at('in', nine)];
    expect(meaningOfScan(forgotten, nine + 16 * HOUR, rule)).toEqual({ kind: 'punch', direction: 'out' });
    expect(meaningOfScan(forgotten, nine + 16 * HOUR + 1, rule)).toEqual({ kind: 'punch', direction: 'in' });
  });

  it('judges a late scan as at its own time, whatever was recorded after it', () => {
    const later = [at('in', nine + 9 * HOUR)];
    expect(meaningOfScan(later, nine, rule)).toEqual({ kind: 'punch', direction: 'in' });
  });

  it('does not depend on the order of the punches', () => {
    const punch = fc.record({
      direction: fc.constantFrom('in' as const, 'out' as const),
      atMs: fc.integer({ min: nine, max: nine + 40 * HOUR }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(punch, { maxLength: 12, selector: (one) => one.atMs }),
        fc.integer({ min: nine, max: nine + 40 * HOUR }),
        (punches, scanMs) => {
          const meaning = meaningOfScan(punches, scanMs, { ...rule, duplicateWithinMs: 0 });
          expect(meaningOfScan([...punches].reverse(), scanMs, { ...rule, duplicateWithinMs: 0 })).toEqual(
            meaning,
          );
        },
      ),
    );
  });
});

describe('worked time', () => {
  it('is the sum of the paired sessions', () => {
    const day = [
      at('in', nine),
      at('out', nine + 4 * HOUR),
      at('in', nine + 5 * HOUR),
      at('out', nine + 9 * HOUR + 59_999),
    ];
    expect(workedMin(workSessions(day, rule), nine + 24 * HOUR, rule)).toBe(8 * 60);
  });

  it('counts an open session up to now, and a forgotten one not at all', () => {
    const sessions = workSessions([at('in', nine)], rule);
    expect(workedMin(sessions, nine + 90 * MIN, rule)).toBe(90);
    expect(workedMin(sessions, nine + 17 * HOUR, rule)).toBe(0);
    expect(openSession([at('in', nine)], nine + HOUR, rule)).toEqual({ inMs: nine, outMs: null });
    expect(openSession([at('in', nine)], nine + 17 * HOUR, rule)).toBeUndefined();
    expect(openSession([at('in', nine), at('out', nine + HOUR)], nine + 2 * HOUR, rule)).toBeUndefined();
  });

  it('pairs across midnight and through doubled INs', () => {
    const night = [at('in', nine + 13 * HOUR), at('out', nine + 21 * HOUR)];
    expect(workSessions(night, rule)).toEqual([{ inMs: nine + 13 * HOUR, outMs: nine + 21 * HOUR }]);
    const doubled = [at('in', nine), at('in', nine + HOUR), at('out', nine + 2 * HOUR)];
    expect(workSessions(doubled, rule)).toEqual([
      { inMs: nine, outMs: null },
      { inMs: nine + HOUR, outMs: nine + 2 * HOUR },
    ]);
    expect(workSessions([at('out', nine)], rule)).toEqual([]);
  });

  it('is never negative and never more than the span', () => {
    const punch = fc.record({
      direction: fc.constantFrom('in' as const, 'out' as const),
      atMs: fc.integer({ min: nine, max: nine + 60 * HOUR }),
    });
    fc.assert(
      fc.property(fc.array(punch, { maxLength: 20 }), (punches) => {
        const minutes = workedMin(workSessions(punches, rule), nine + 60 * HOUR, rule);
        expect(minutes).toBeGreaterThanOrEqual(0);
        expect(minutes).toBeLessThanOrEqual(60 * 60);
      }),
    );
  });
});
