// Rules hold from their date to their end, a company's own lie over them, and each has its source.
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../schedule/calendar.js';
import { BREACHES } from './breach-words.js';
import { type PackRule, ruleInForce } from './pack.js';
import { PACKS } from './packs.js';

const on = (text: string): number => parseDate(text) ?? NaN;
const rules = (id: string): readonly PackRule[] => PACKS.get(id)?.rules ?? [];

describe('rule packs', () => {
  it('have a source and a real first date for every rule', () => {
    expect([...PACKS.keys()]).toEqual([
      'none',
      'in-factories-act',
      'in-labour-codes',
      'in-maharashtra-shops',
      'in-karnataka-shops',
      'in-tamil-nadu-shops',
      'in-delhi-shops',
      'in-contract-labour',
      'international',
    ]);
    for (const pack of PACKS.values()) {
      for (const rule of pack.rules) {
        expect(rule.source.length, pack.id).toBeGreaterThan(10);
        expect(Number.isInteger(rule.from), `${pack.id} ${rule.rule}`).toBe(true);
      }
    }
  });

  it('change on their date and touch nothing before', () => {
    const maharashtra = [rules('in-maharashtra-shops')];
    expect(ruleInForce('DAY_HOURS', on('2025-09-30'), maharashtra)?.value).toBe(540);
    expect(ruleInForce('DAY_HOURS', on('2025-10-01'), maharashtra)?.value).toBe(600);
    expect(ruleInForce('OVERTIME_CONSENT', on('2025-09-30'), maharashtra)).toBeNull();
    expect(ruleInForce('DAY_HOURS', on('2025-11-20'), [rules('in-labour-codes')])).toBeNull();
    expect(ruleInForce('DAY_HOURS', on('2025-11-21'), [rules('in-labour-codes')])?.value).toBe(480);
  });

  it('yield to the rules of the company while those hold', () => {
    const own: PackRule = {
      rule: 'DAY_HOURS',
      value: 500,
      from: on('2026-04-01'),
      until: on('2026-04-30'),
      source: 'Company policy 7',
      isConfirmed: true,
    };
    const layers = [[own], rules('in-factories-act')];
    const values = ['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'].map(
      (date) => ruleInForce('DAY_HOURS', on(date), layers)?.value,
    );
    expect(values).toEqual([540, 500, 500, 540]);
  });

  it('say in two languages what was broken', () => {
    for (const words of Object.values(BREACHES)) {
      const { en, hi } = words(600, 540);
      expect(en).toMatch(/600/);
      expect(hi).toMatch(/[\u0900-\u097f]/);
    }
  });
});
