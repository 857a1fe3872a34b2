// Indian packs. Sources are sections of the Acts and the notifications that changed them; docs/attendance/rule-packs.md
// lists where each was read and what is still to be checked.
import { type RulePack, writtenRules } from './pack.js';

const SUNDAY = 0;

export const FACTORIES_ACT: RulePack = {
  id: 'in-factories-act',
  version: 1,
  name: { en: 'Factories Act 1948', hi: 'कारखाना अधिनियम 1948' },
  weekStartsOn: SUNDAY,
  registers: ['Form 12 (register of adult workers)', 'Form 25 (muster roll)', 'Form 10 (overtime)'],
  rules: writtenRules([
    { rule: 'WEEK_HOURS', value: 2880, from: '1949-04-01', source: 'Factories Act 1948, s.51' },
    { rule: 'DAY_HOURS', value: 540, from: '1949-04-01', source: 'Factories Act 1948, s.54' },
    { rule: 'BREAK_AFTER', value: 300, from: '1949-04-01', source: 'Factories Act 1948, s.55' },
    { rule: 'SPREAD_OVER', value: 630, from: '1949-04-01', source: 'Factories Act 1948, s.56' },
    { rule: 'DAYS_IN_A_ROW', value: 10, from: '1949-04-01', source: 'Factories Act 1948, s.52(1)' },
    { rule: 'OVERTIME_RATE', value: 2, from: '1949-04-01', source: 'Factories Act 1948, s.59' },
    {
      rule: 'QUARTER_OVERTIME',
      value: 3000,
      from: '1949-04-01',
      source: 'Factories Act 1948, s.64(4)(iv); states have raised it',
      toCheck: true,
    },
  ]),
};

export const LABOUR_CODES: RulePack = {
  id: 'in-labour-codes',
  version: 1,
  name: { en: 'Labour codes of 2025', hi: 'श्रम संहिताएँ 2025' },
  weekStartsOn: SUNDAY,
  registers: ['Form D (attendance)', 'Form B (wages)'],
  rules: writtenRules([
    { rule: 'DAY_HOURS', value: 480, from: '2025-11-21', source: 'OSH Code 2020, s.25(1)(a)' },
    {
      rule: 'WEEK_HOURS',
      value: 2880,
      from: '2025-11-21',
      source: 'OSH Code 2020, s.25; Code on Wages, s.13',
    },
    { rule: 'DAYS_IN_A_ROW', value: 6, from: '2025-11-21', source: 'OSH Code 2020, s.26(1)' },
    {
      rule: 'OVERTIME_RATE',
      value: 2,
      from: '2025-11-21',
      source: 'OSH Code 2020, s.27; Code on Wages, s.14',
    },
    { rule: 'OVERTIME_CONSENT', value: 1, from: '2025-11-21', source: 'OSH Code 2020, s.27' },
    {
      rule: 'SPREAD_OVER',
      value: 720,
      from: '2025-11-21',
      source: 'Draft central rules under the OSH Code',
      toCheck: true,
    },
  ]),
};

export const MAHARASHTRA_SHOPS: RulePack = {
  id: 'in-maharashtra-shops',
  version: 1,
  name: { en: 'Maharashtra shops and establishments', hi: 'महाराष्ट्र दुकान और प्रतिष्ठान' },
  weekStartsOn: SUNDAY,
  registers: ['Form Q (muster-cum-wage)'],
  rules: writtenRules([
    { rule: 'DAY_HOURS', value: 540, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.12' },
    { rule: 'DAY_HOURS', value: 600, from: '2025-10-01', source: 'Maharashtra amendment of 2025 (s.12)' },
    { rule: 'WEEK_HOURS', value: 2880, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.12' },
    { rule: 'BREAK_AFTER', value: 300, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.12' },
    { rule: 'BREAK_AFTER', value: 360, from: '2025-10-01', source: 'Maharashtra amendment of 2025 (s.12)' },
    { rule: 'SPREAD_OVER', value: 630, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.14' },
    { rule: 'SPREAD_OVER', value: 720, from: '2025-10-01', source: 'Maharashtra amendment of 2025 (s.14)' },
    { rule: 'QUARTER_OVERTIME', value: 7500, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.15' },
    {
      rule: 'QUARTER_OVERTIME',
      value: 8640,
      from: '2025-10-01',
      source: 'Maharashtra amendment of 2025 (s.15)',
    },
    { rule: 'OVERTIME_RATE', value: 2, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.15' },
    {
      rule: 'OVERTIME_CONSENT',
      value: 1,
      from: '2025-10-01',
      source: 'Maharashtra amendment of 2025 (s.15)',
    },
    { rule: 'DAYS_IN_A_ROW', value: 6, from: '2017-12-19', source: 'Maharashtra Shops Act 2017, s.18' },
  ]),
};

export const KARNATAKA_SHOPS: RulePack = {
  id: 'in-karnataka-shops',
  version: 1,
  name: { en: 'Karnataka shops and establishments', hi: 'कर्नाटक दुकान और प्रतिष्ठान' },
  weekStartsOn: SUNDAY,
  registers: ['Form T (combined muster roll cum wages)'],
  rules: writtenRules([
    {
      rule: 'DAY_HOURS',
      value: 480,
      from: '1963-01-01',
      source: 'Karnataka Shops Act 1961, s.7 (labour department figure)',
      toCheck: true,
    },
    { rule: 'WEEK_HOURS', value: 2880, from: '1963-01-01', source: 'Karnataka Shops Act 1961, s.7' },
    {
      rule: 'BREAK_AFTER',
      value: 300,
      from: '1963-01-01',
      source: 'Karnataka Shops Act 1961, s.9',
      toCheck: true,
    },
    {
      rule: 'SPREAD_OVER',
      value: 720,
      from: '1963-01-01',
      source: 'Karnataka Shops Act 1961, s.10',
      toCheck: true,
    },
    { rule: 'QUARTER_OVERTIME', value: 3000, from: '1963-01-01', source: 'Karnataka Shops Act 1961, s.7(2)' },
    { rule: 'OVERTIME_RATE', value: 2, from: '1963-01-01', source: 'Karnataka Shops Act 1961, s.8' },
    { rule: 'DAYS_IN_A_ROW', value: 6, from: '1963-01-01', source: 'Karnataka Shops Act 1961, s.12' },
  ]),
};

export const TAMIL_NADU_SHOPS: RulePack = {
  id: 'in-tamil-nadu-shops',
  version: 1,
  name: { en: 'Tamil Nadu shops and establishments', hi: 'तमिलनाडु दुकान और प्रतिष्ठान' },
  weekStartsOn: SUNDAY,
  registers: ['Form B (service record)', 'Form P (overtime)'],
  rules: writtenRules([
    {
      rule: 'DAY_HOURS',
      value: 480,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.14',
      toCheck: true,
    },
    {
      rule: 'WEEK_HOURS',
      value: 2880,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.14',
      toCheck: true,
    },
    {
      rule: 'BREAK_AFTER',
      value: 240,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.14',
      toCheck: true,
    },
    {
      rule: 'SPREAD_OVER',
      value: 720,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.15',
      toCheck: true,
    },
    {
      rule: 'OVERTIME_RATE',
      value: 2,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.31',
      toCheck: true,
    },
    {
      rule: 'DAYS_IN_A_ROW',
      value: 6,
      from: '1948-04-01',
      source: 'Tamil Nadu Shops Act 1947, s.16',
      toCheck: true,
    },
  ]),
};

export const DELHI_SHOPS: RulePack = {
  id: 'in-delhi-shops',
  version: 1,
  name: { en: 'Delhi shops and establishments', hi: 'दिल्ली दुकान और प्रतिष्ठान' },
  weekStartsOn: SUNDAY,
  registers: ['Form G (register of employment)'],
  rules: writtenRules([
    { rule: 'DAY_HOURS', value: 540, from: '1955-02-01', source: 'Delhi Shops Act 1954, s.8', toCheck: true },
    {
      rule: 'WEEK_HOURS',
      value: 2880,
      from: '1955-02-01',
      source: 'Delhi Shops Act 1954, s.8',
      toCheck: true,
    },
    {
      rule: 'BREAK_AFTER',
      value: 300,
      from: '1955-02-01',
      source: 'Delhi Shops Act 1954, s.10',
      toCheck: true,
    },
    {
      rule: 'SPREAD_OVER',
      value: 630,
      from: '1955-02-01',
      source: 'Delhi Shops Act 1954, s.11',
      toCheck: true,
    },
    {
      rule: 'OVERTIME_RATE',
      value: 2,
      from: '1955-02-01',
      source: 'Delhi Shops Act 1954, s.8',
      toCheck: true,
    },
    {
      rule: 'DAYS_IN_A_ROW',
      value: 6,
      from: '1955-02-01',
      source: 'Delhi Shops Act 1954, s.17',
      toCheck: true,
    },
  ]),
};

export const CONTRACT_LABOUR: RulePack = {
  id: 'in-contract-labour',
  version: 1,
  name: { en: 'Contract labour in factories', hi: 'कारखानों में ठेका श्रम' },
  weekStartsOn: SUNDAY,
  registers: [
    'Form XVI (muster roll)',
    'Form XVII (wages)',
    'Form XVIII (muster-cum-wage)',
    'Form XIX (wage slip)',
    'Form XXIII (overtime)',
  ],
  rules: writtenRules([
    {
      rule: 'WEEK_HOURS',
      value: 2880,
      from: '1971-02-10',
      source: 'CLRA Rules 1971, r.78; Factories Act, s.51',
    },
    {
      rule: 'DAY_HOURS',
      value: 540,
      from: '1971-02-10',
      source: 'CLRA Rules 1971, r.78; Factories Act, s.54',
    },
    { rule: 'SPREAD_OVER', value: 630, from: '1971-02-10', source: 'Factories Act 1948, s.56' },
    { rule: 'BREAK_AFTER', value: 300, from: '1971-02-10', source: 'Factories Act 1948, s.55' },
    { rule: 'DAYS_IN_A_ROW', value: 10, from: '1971-02-10', source: 'Factories Act 1948, s.52(1)' },
    {
      rule: 'OVERTIME_RATE',
      value: 2,
      from: '1971-02-10',
      source: 'CLRA Rules 1971, r.78; Factories Act, s.59',
    },
  ]),
};
