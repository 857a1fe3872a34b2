// A month of punches by local date.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { describe, expect, it } from 'vitest';
import { dayOf, punchesByDay } from './month.js';

function punch(atMs: number, changes: Partial<Punch> = {}): Punch {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    personId: '00000000-0000-4000-8000-000000000002',
    personName: 'Asha Pawar',
    personCode: 'SB-1001',
    direction: 'in',
    atMs,
    receivedAtMs: atMs,
    timeQuality: 'trusted',
    method: 'face',
    deviceId: '00000000-0000-4000-8000-000000000003',
    deviceName: 'Gate 1',
    siteId: '00000000-0000-4000-8000-000000000004',
    zone: 'Asia/Kolkata',
    undoneAtMs: null,
    ...changes,
  };
}
const inPune = (hour: number, minute: number, day = 20) =>
  Date.UTC(2026, 10, day, hour, minute) - 330 * 60_000;

describe('punchesByDay', () => {
  it('gives the first and the last time of a date, in any order of the list', () => {
    const days = punchesByDay([punch(inPune(18, 31)), punch(inPune(9, 2))]);
    expect(dayOf(days, '2026-11-20')).toEqual({ count: 2, span: '09:02–18:31', level: 2 });
  });

  it('counts a punch after midnight in Pune on the new date', () => {
    expect(dayOf(punchesByDay([punch(inPune(0, 10, 21))]), '2026-11-21').span).toBe('00:10');
  });

  it('leaves undone punches out', () => {
    const days = punchesByDay([punch(inPune(9, 2), { undoneAtMs: inPune(9, 3) })]);
    expect(dayOf(days, '2026-11-20').count).toBe(0);
  });
});
