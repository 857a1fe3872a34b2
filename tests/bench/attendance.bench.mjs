// The attendance engine: person-days a second on one core, traces off and on, over months as people work them (two
// shifts, nights, lunch punches, off days, leave, forgotten punches). Input is parsed before the clock starts.
import { computeAttendance } from '../../shared/dist/domain/attendance/compute.js';
import { explainDay } from '../../shared/dist/domain/attendance/explain.js';
import { payrollEvents, summarise } from '../../shared/dist/domain/payroll/summary.js';
import { parseScenario, toScenario } from '../../server/dist/commands/attendance/read-scenario.js';
import { median } from './side-by-side.mjs';

const PEOPLE = 300;
const DAYS = 31;
const ROUNDS = 15;
const TWO = (value) => String(value).padStart(2, '0');

/** Mulberry32: the same people in every run. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const fixed = (start, end, breakMin) => ({
  kind: 'fixed',
  start,
  end,
  breakMin,
  paidBreak: false,
  graceInMin: 10,
  graceOutMin: 5,
  captureBeforeMin: 120,
  captureAfterMin: 240,
});

function month(person) {
  const random = seeded(person + 1);
  const isNight = person % 4 === 0;
  const punches = [];
  const at = (day, minute) => {
    const instant = Date.UTC(2026, 2, day, 0, minute) - 330 * 60_000 + Math.floor(random() * 60_000);
    punches.push(new Date(instant).toISOString());
  };
  for (let day = 1; day <= DAYS; day += 1) {
    if ((day + 6) % 7 === 0 || random() < 0.04) continue;
    const start = isNight ? 22 * 60 : 9 * 60 + 30;
    at(day, start - 15 + Math.floor(random() * 30));
    if (!isNight) {
      at(day, 13 * 60 + Math.floor(random() * 20));
      at(day, 13 * 60 + 40 + Math.floor(random() * 20));
    }
    if (random() > 0.02) at(day, start + 535 + Math.floor(random() * 60));
  }
  return toScenario(
    parseScenario({
      zone: 'Asia/Kolkata',
      asOf: '2026-04-05T00:00:00+05:30',
      period: { from: '2026-03-01', to: `2026-03-${TWO(DAYS)}` },
      shifts: { G: fixed('09:30', '18:30', 60), N: fixed('22:00', '06:00', 30) },
      roster: { default: isNight ? 'N' : 'G', weeklyOff: ['SUN'] },
      holidays: ['2026-03-04'],
      leaves: [{ from: '2026-03-12', to: '2026-03-13', kind: 'CL', half: person % 2 ? 'first' : null }],
      policy: { lateRule: { everyNth: 3, costDays: 0.5 } },
      punches,
    }),
  );
}

/** Person-days a second of processor time (all threads), so that a busy machine does not count: the median of rounds. */
function rate(scenarios, run) {
  const rates = [];
  for (let round = -3; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (const scenario of scenarios) run(scenario);
    const { user, system } = process.cpuUsage(start);
    if (round >= 0) rates.push((scenarios.length * DAYS * 1e6) / (user + system));
  }
  return median(rates);
}

const row = (name, ours) => ({ name, unit: 'person-days per core/s', ours, peers: {}, ratio: {}, n: ROUNDS });

function computed(scenario) {
  const computation = computeAttendance(scenario);
  const days = computation.days.map(({ result }) => result);
  summarise(days, scenario.policy);
  payrollEvents(days, scenario.policy, () => null);
  return computation;
}

export const bench = {
  name: 'attendance',
  run: () => {
    const scenarios = Array.from({ length: PEOPLE }, (_one, person) => month(person));
    return Promise.resolve([
      row('attendance engine, traces off', rate(scenarios, computed)),
      row(
        'attendance engine, traces on',
        rate(scenarios, (scenario) => {
          const computation = computed(scenario);
          for (const day of computation.days) explainDay(scenario, day, computation);
        }),
      ),
    ]);
  },
};
