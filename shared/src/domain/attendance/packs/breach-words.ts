// What a broken rule of a pack is called, in English and Hindi. Measured and limit are minutes, or days where it says so.
import type { Breach } from './apply.js';

type Words = (measured: number, limit: number) => { readonly en: string; readonly hi: string };

export const BREACHES: Readonly<Record<Breach['code'], Words>> = {
  OVER_DAY_HOURS: (measured, limit) => ({
    en: `${String(measured)} minutes of work in a day; ${String(limit)} are the most without overtime.`,
    hi: `एक दिन में ${String(measured)} मिनट काम; बिना ओवरटाइम के ${String(limit)} मिनट तक की सीमा है।`,
  }),
  OVER_WEEK_HOURS: (measured, limit) => ({
    en: `${String(measured)} minutes of work in this week so far; ${String(limit)} are the most.`,
    hi: `इस सप्ताह अब तक ${String(measured)} मिनट काम; सीमा ${String(limit)} मिनट है।`,
  }),
  OVER_SPREAD: (measured, limit) => ({
    en: `${String(measured)} minutes from the first IN to the last OUT; ${String(limit)} are the most.`,
    hi: `पहली बार आने से आख़िरी बार जाने तक ${String(measured)} मिनट; सीमा ${String(limit)} मिनट है।`,
  }),
  BREAK_MISSING: (measured, limit) => ({
    en: `${String(measured)} minutes of work without half an hour of break; it is due after ${String(limit)}.`,
    hi: `आधे घंटे के विराम के बिना ${String(measured)} मिनट काम; ${String(limit)} मिनट के बाद विराम ज़रूरी है।`,
  }),
  REST_TOO_SHORT: (measured, limit) => ({
    en: `${String(measured)} minutes of rest since the work before; ${String(limit)} are due.`,
    hi: `पिछले काम के बाद ${String(measured)} मिनट का आराम; ${String(limit)} मिनट ज़रूरी हैं।`,
  }),
  NO_DAY_OFF: (measured, limit) => ({
    en: `Day ${String(measured)} of work in a row; ${String(limit)} are the most without a day off.`,
    hi: `लगातार काम का ${String(measured)}वाँ दिन; बिना छुट्टी के ${String(limit)} दिन तक की सीमा है।`,
  }),
  OVER_QUARTER_OVERTIME: (measured, limit) => ({
    en: `${String(measured)} minutes of overtime in this quarter; ${String(limit)} are the most.`,
    hi: `इस तिमाही में ${String(measured)} मिनट ओवरटाइम; सीमा ${String(limit)} मिनट है।`,
  }),
  OVERTIME_WITHOUT_CONSENT: (measured) => ({
    en: `${String(measured)} minutes of overtime without the person's recorded consent.`,
    hi: `व्यक्ति की दर्ज सहमति के बिना ${String(measured)} मिनट ओवरटाइम।`,
  }),
};
