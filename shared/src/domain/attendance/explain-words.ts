// The words of every rule of the engine, in English and Hindi, with the place where the rule is written down.
// Rule names are stable: the console links to them.

export type Params = Readonly<Record<string, string | number>>;

interface RuleWords {
  readonly source: string;
  readonly en: (params: Params) => string;
  readonly hi: (params: Params) => string;
}

const p = (params: Params, name: string): string => String(params[name] ?? '');
/** A rule of the contract, docs/attendance/contract.md. */
const contract = (number: number): string => `Attendance contract, rule ${String(number)}`;

export const RULES = {
  NOT_EMPLOYED: {
    source: contract(1),
    en: () => 'Not employed on this date: nothing is counted, the punches stay in the record.',
    hi: () => 'इस तारीख़ को नौकरी में नहीं थे: कुछ नहीं गिना जाता, पंच रिकॉर्ड में रहते हैं।',
  },
  HOLIDAY: {
    source: contract(1),
    en: () => 'A holiday of the company, whatever the roster says.',
    hi: () => 'कंपनी की छुट्टी, रोस्टर में कुछ भी हो।',
  },
  WEEKLY_OFF: {
    source: `${contract(1)}; Factories Act 1948, s.52`,
    en: () => 'A weekly off or a date off in the roster.',
    hi: () => 'साप्ताहिक अवकाश या रोस्टर में छुट्टी।',
  },
  SHIFT: {
    source: contract(1),
    en: (v) => `Shift ${p(v, 'shift')}, ${p(v, 'from')} to ${p(v, 'to')}.`,
    hi: (v) => `शिफ़्ट ${p(v, 'shift')}, ${p(v, 'from')} से ${p(v, 'to')} तक।`,
  },
  FLEXIBLE_DAY: {
    source: contract(2),
    en: (v) => `Shift ${p(v, 'shift')}: hours count, not the clock.`,
    hi: (v) => `शिफ़्ट ${p(v, 'shift')}: समय नहीं, काम के घंटे गिने जाते हैं।`,
  },
  WINDOW: {
    source: contract(2),
    en: (v) => `Punches from ${p(v, 'from')} to ${p(v, 'to')} belong to this day.`,
    hi: (v) => `${p(v, 'from')} से ${p(v, 'to')} तक के पंच इस दिन के हैं।`,
  },
  LEAVE: {
    source: contract(11),
    en: (v) => `On leave (${p(v, 'kind')}) for the whole day.`,
    hi: (v) => `पूरे दिन की छुट्टी (${p(v, 'kind')})।`,
  },
  HALF_LEAVE: {
    source: contract(7),
    en: (v) => `Half a day's leave (${p(v, 'kind')}): due from ${p(v, 'from')} to ${p(v, 'to')}.`,
    hi: (v) => `आधे दिन की छुट्टी (${p(v, 'kind')}): काम ${p(v, 'from')} से ${p(v, 'to')} तक देना था।`,
  },
  DUPLICATE: {
    source: contract(4),
    en: (v) => `The punch at ${p(v, 'at')} repeats the one before it and is not counted.`,
    hi: (v) => `${p(v, 'at')} का पंच पिछले पंच की दोहराई है, गिना नहीं गया।`,
  },
  CORRECTION: {
    source: contract(13),
    en: (v) => `The punch at ${p(v, 'at')} comes from a correction.`,
    hi: (v) => `${p(v, 'at')} का पंच सुधार से जोड़ा गया है।`,
  },
  DAY_OF_SHIFT: {
    source: `${contract(3)}; Factories Act 1948, s.57`,
    en: (v) => `The punch at ${p(v, 'at')} of another date belongs to this day's work.`,
    hi: (v) => `दूसरी तारीख़ का ${p(v, 'at')} का पंच इसी दिन के काम का है।`,
  },
  LONE_PUNCH: {
    source: contract(5),
    en: () => 'The only punch lies nearer to the end of the shift: taken as OUT.',
    hi: () => 'अकेला पंच शिफ़्ट के अंत के पास है: इसे बाहर जाने का माना गया।',
  },
  OUTSIDE_WINDOW: {
    source: contract(3),
    en: (v) => `The punch at ${p(v, 'at')} lies outside every window.`,
    hi: (v) => `${p(v, 'at')} का पंच किसी भी दिन की सीमा में नहीं है।`,
  },
  MISSING_OUT: {
    source: contract(5),
    en: (v) => `No OUT was found for the IN at ${p(v, 'at')}.`,
    hi: (v) => `${p(v, 'at')} पर अंदर आने के बाद बाहर जाने का पंच नहीं मिला।`,
  },
  MISSING_IN: {
    source: contract(5),
    en: (v) => `No IN was found for the OUT at ${p(v, 'at')}.`,
    hi: (v) => `${p(v, 'at')} पर बाहर जाने से पहले अंदर आने का पंच नहीं मिला।`,
  },
  LONG_SESSION: {
    source: contract(3),
    en: (v) => `The punch at ${p(v, 'at')} closed a session of more than 12 hours: please check.`,
    hi: (v) => `${p(v, 'at')} के पंच ने 12 घंटे से लंबा काम बंद किया: कृपया जाँच लें।`,
  },
  WORKED_ON_LEAVE: {
    source: contract(11),
    en: () => 'There was work on a day of leave: cancel the leave or credit the work.',
    hi: () => 'छुट्टी के दिन काम हुआ है: छुट्टी रद्द करें या काम का श्रेय दें।',
  },
  TIME_BOUNDED: {
    source: contract(4),
    en: (v) => `The tablet knew the time ${p(v, 'at')} only within bounds.`,
    hi: (v) => `टैबलेट को ${p(v, 'at')} का समय केवल सीमा के भीतर पता था।`,
  },
  TIME_UNVERIFIED: {
    source: contract(4),
    en: (v) => `The tablet could not prove the time ${p(v, 'at')}.`,
    hi: (v) => `टैबलेट ${p(v, 'at')} का समय सिद्ध नहीं कर सका।`,
  },
  TIME_TAMPERED: {
    source: contract(4),
    en: (v) => `The tablet's clock was changed around ${p(v, 'at')}.`,
    hi: (v) => `${p(v, 'at')} के आसपास टैबलेट की घड़ी बदली गई थी।`,
  },
  SESSION: {
    source: contract(6),
    en: (v) => `Work from ${p(v, 'from')} to ${p(v, 'to')}: ${p(v, 'minutes')} minutes.`,
    hi: (v) => `${p(v, 'from')} से ${p(v, 'to')} तक काम: ${p(v, 'minutes')} मिनट।`,
  },
  BREAK: {
    source: `${contract(6)}; Factories Act 1948, s.55`,
    en: (v) => `Unpaid break: ${p(v, 'minutes')} minutes.`,
    hi: (v) => `बिना वेतन का विराम: ${p(v, 'minutes')} मिनट।`,
  },
  PAID_BREAK: {
    source: contract(6),
    en: (v) => `Time between sessions: ${p(v, 'minutes')} minutes; the break is paid, nothing is deducted.`,
    hi: (v) => `काम के बीच का समय: ${p(v, 'minutes')} मिनट; विराम सवेतन है, कुछ नहीं काटा गया।`,
  },
  LATE: {
    source: contract(7),
    en: (v) => `Late by ${p(v, 'minutes')} minutes.`,
    hi: (v) => `${p(v, 'minutes')} मिनट देर से आए।`,
  },
  GRACE: {
    source: contract(7),
    en: (v) => `${p(v, 'minutes')} minutes late, within the grace of ${p(v, 'grace')}: not late.`,
    hi: (v) => `${p(v, 'minutes')} मिनट की देरी ${p(v, 'grace')} मिनट की छूट के भीतर है: देर नहीं मानी गई।`,
  },
  EARLY_OUT: {
    source: contract(7),
    en: (v) => `Left ${p(v, 'minutes')} minutes early.`,
    hi: (v) => `${p(v, 'minutes')} मिनट पहले गए।`,
  },
  OVERTIME: {
    source: contract(8),
    en: (v) =>
      `Overtime: ${p(v, 'minutes')} minutes (from ${p(v, 'block')} minutes on, rounded down to ${p(v, 'round')}).`,
    hi: (v) =>
      `ओवरटाइम: ${p(v, 'minutes')} मिनट (${p(v, 'block')} मिनट से शुरू, ${p(v, 'round')} मिनट तक घटाकर पूरा किया)।`,
  },
  OVERTIME_OFF: {
    source: contract(8),
    en: (v) => `Work on a day off is overtime: ${p(v, 'minutes')} minutes.`,
    hi: (v) => `छुट्टी के दिन का काम ओवरटाइम है: ${p(v, 'minutes')} मिनट।`,
  },
  NIGHT: {
    source: contract(9),
    en: (v) => `Work at night: ${p(v, 'minutes')} minutes.`,
    hi: (v) => `रात का काम: ${p(v, 'minutes')} मिनट।`,
  },
  THRESHOLD: {
    source: contract(10),
    en: (v) => `Worked ${p(v, 'worked')} of ${p(v, 'scheduled')} minutes; present from ${p(v, 'need')}.`,
    hi: (v) =>
      `${p(v, 'scheduled')} में से ${p(v, 'worked')} मिनट काम; उपस्थिति ${p(v, 'need')} मिनट से मानी जाती है।`,
  },
  OUTAGE: {
    source: contract(11),
    en: () => 'The tablet was not working for part of this day: nobody is marked absent for that time.',
    hi: () => 'इस दिन कुछ समय टैबलेट बंद था: उस समय के लिए किसी को अनुपस्थित नहीं माना जाता।',
  },
  STILL_OPEN: {
    source: contract(11),
    en: () => 'The day is not over: punches may still come.',
    hi: () => 'दिन अभी पूरा नहीं हुआ: और पंच आ सकते हैं।',
  },
  STATUS: {
    source: `${contract(11)} and 12`,
    en: (v) => `Result: ${p(v, 'status')}, loss of pay ${p(v, 'lop')} days.`,
    hi: (v) => `परिणाम: ${p(v, 'status')}, वेतन कटौती ${p(v, 'lop')} दिन।`,
  },
} as const satisfies Readonly<Record<string, RuleWords>>;

export type RuleName = keyof typeof RULES;
