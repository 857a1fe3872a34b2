// Every pack by its id. `none` adds nothing.
import {
  CONTRACT_LABOUR,
  DELHI_SHOPS,
  FACTORIES_ACT,
  KARNATAKA_SHOPS,
  LABOUR_CODES,
  MAHARASHTRA_SHOPS,
  TAMIL_NADU_SHOPS,
} from './india.js';
import { type RulePack, writtenRules } from './pack.js';

const MONDAY = 1;

export const NO_PACK: RulePack = {
  id: 'none',
  version: 1,
  name: { en: 'No statutory rules', hi: 'कोई वैधानिक नियम नहीं' },
  weekStartsOn: MONDAY,
  registers: [],
  rules: [],
};

const INTERNATIONAL: RulePack = {
  id: 'international',
  version: 1,
  name: { en: 'International labour standards', hi: 'अंतरराष्ट्रीय श्रम मानक' },
  weekStartsOn: MONDAY,
  registers: [],
  rules: writtenRules([
    {
      rule: 'DAY_HOURS',
      value: 480,
      from: '1921-06-13',
      source: 'ILO Convention 1, art.2; Convention 30, art.3',
    },
    {
      rule: 'WEEK_HOURS',
      value: 2880,
      from: '1921-06-13',
      source: 'ILO Convention 1, art.2; Convention 30, art.3',
    },
    { rule: 'DAYS_IN_A_ROW', value: 6, from: '1923-06-19', source: 'ILO Convention 14, art.2' },
    { rule: 'OVERTIME_RATE', value: 1.25, from: '1921-06-13', source: 'ILO Convention 1, art.6(2)' },
    { rule: 'REST_BETWEEN', value: 660, from: '2004-08-02', source: 'Directive 2003/88/EC, art.3' },
    { rule: 'BREAK_AFTER', value: 360, from: '2004-08-02', source: 'Directive 2003/88/EC, art.4' },
  ]),
};

const ALL: readonly RulePack[] = [
  NO_PACK,
  FACTORIES_ACT,
  LABOUR_CODES,
  MAHARASHTRA_SHOPS,
  KARNATAKA_SHOPS,
  TAMIL_NADU_SHOPS,
  DELHI_SHOPS,
  CONTRACT_LABOUR,
  INTERNATIONAL,
];

export const PACKS: ReadonlyMap<string, RulePack> = new Map(ALL.map((pack) => [pack.id, pack]));
