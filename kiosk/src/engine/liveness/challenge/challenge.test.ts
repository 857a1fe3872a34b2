import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceChallenge,
  askedNow,
  beginChallenge,
  CHALLENGE,
  type ChallengeFrame,
  type ChallengeTry,
} from './challenge.js';
import type { Expression } from './expression.js';
import { ACTIONS, drawSequence, SEQUENCES, type Action } from './sequence.js';

const REST: Expression = { yaw: 0, nose: 0.5, gap: 0.02, mouth: 0.8 };
const DONE: Readonly<Record<Action, Expression>> = {
  left: { ...REST, yaw: 0.6 },
  right: { ...REST, yaw: -0.6 },
  up: { ...REST, nose: 0.35 },
  down: { ...REST, nose: 0.65 },
  mouth: { ...REST, gap: 0.3 },
  smile: { ...REST, mouth: 1 },
};
const STEP_MS = 66;

interface Person {
  /** What the face does when `asked`, `sinceMs` after the prompt. */
  act(asked: Action | null, sinceMs: number, atMs: number): Expression | null;
}
const willing: Person = {
  act: (asked, sinceMs) => (asked !== null && sinceMs > 500 ? DONE[asked] : REST),
};

function attempt(
  sequence: readonly Action[],
  person: Person,
  change: (frame: ChallengeFrame, index: number) => ChallengeFrame = (frame) => frame,
  stepMs = STEP_MS,
): ChallengeTry {
  let current = beginChallenge(sequence);
  let [asked, sinceMs] = [askedNow(current), 0];
  for (let index = 0; index < 400; index += 1) {
    const atMs = index * stepMs;
    const now = askedNow(current);
    if (now !== asked) [asked, sinceMs] = [now, atMs];
    const expression = person.act(now, atMs - sinceMs, atMs);
    current = advanceChallenge(
      current,
      change({ atMs, expression, isAlone: true, width: 640, height: 480 }, index),
    );
  }
  return current;
}

const reasonOf = ({ state }: ChallengeTry): string => (state.name === 'failed' ? state.reason : state.name);

describe('a challenge', () => {
  it('is passed by a person who does what is asked, whatever is asked, in good time', () => {
    for (const sequence of SEQUENCES) {
      const { state } = attempt(sequence, willing);
      expect(state.name, sequence.join()).toBe('passed');
      if (state.name === 'passed') {
        expect(state.tookMs).toBeLessThan(11_000);
        expect(state.stepMs).toHaveLength(sequence.length);
      }
    }
  });

  it('is passed by nothing that was not asked: no other sequence of movements gets through', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEQUENCES), fc.constantFrom(...SEQUENCES), (asked, done) => {
        fc.pre(asked.join() !== done.join());
        let step = -1;
        let before: Action | null = null;
        const other: Person = {
          act(now, sinceMs) {
            if (now !== null && now !== before) step += 1;
            before = now;
            const movement = done[step];
            return now !== null && sinceMs > 500 && movement ? DONE[movement] : REST;
          },
        };
        expect(reasonOf(attempt(asked, other))).toBe('WRONG_MOVEMENT');
      }),
    );
  });

  const sequence: readonly Action[] = ['left', 'mouth', 'up'];
  const never: Person = { act: () => REST };
  interface Broken {
    readonly reason: string;
    readonly person: Person;
    readonly change?: (frame: ChallengeFrame, index: number) => ChallengeFrame;
    readonly stepMs?: number;
  }
  const later = (change: Partial<ChallengeFrame>) => (frame: ChallengeFrame, index: number) =>
    index < 20 ? frame : { ...frame, ...change };
  const late = (ms: number) => (frame: ChallengeFrame, index: number) =>
    index < 20 ? frame : { ...frame, atMs: frame.atMs + ms };
  const BROKEN: readonly Broken[] = [
    { reason: 'TOO_LATE', person: never },
    { reason: 'NO_REST', person: { act: () => DONE.left } },
    {
      reason: 'NO_RETURN',
      person: {
        act: (asked, sinceMs, atMs) =>
          atMs > 1_500 ? DONE.left : asked !== null && sinceMs > 500 ? DONE[asked] : REST,
      },
    },
    {
      reason: 'FACE_LOST',
      person: { act: (asked, sinceMs) => (asked !== null && sinceMs > 300 ? null : REST) },
    },
    { reason: 'TWO_FACES', person: willing, change: later({ isAlone: false }) },
    { reason: 'PICTURE_CHANGED', person: willing, change: later({ width: 1280 }) },
    { reason: 'CLOCK_JUMPED', person: willing, change: late(-1_000) },
    { reason: 'FRAMES_TOO_SLOW', person: willing, change: late(5_000) },
    { reason: 'FRAMES_TOO_SLOW', person: willing, stepMs: 500 },
  ];
  it.each(BROKEN)('$reason', ({ reason, person, change, stepMs }) => {
    expect(reasonOf(attempt(sequence, person, change, stepMs))).toBe(reason);
  });

  it('is passed at five frames a second, and with a face missed now and then', () => {
    expect(attempt(sequence, willing, (frame) => frame, 200).state.name).toBe('passed');
    const blinking = (frame: ChallengeFrame, index: number): ChallengeFrame =>
      index % 7 === 0 ? { ...frame, expression: null } : frame;
    expect(attempt(sequence, willing, blinking).state.name).toBe('passed');
  });

  it('does not count a movement that flashes by', () => {
    const flashing: Person = {
      act: (asked, sinceMs) => (asked !== null && sinceMs > 500 && sinceMs < 700 ? DONE[asked] : REST),
    };
    expect(reasonOf(attempt(sequence, flashing))).toBe('TOO_LATE');
  });

  it('ends for good', () => {
    const over = attempt(sequence, never);
    const frame = { atMs: 90_000, expression: DONE.left, isAlone: true, width: 640, height: 480 };
    expect(advanceChallenge(over, frame)).toBe(over);
    expect(CHALLENGE.windowMs).toBeLessThanOrEqual(3_000);
  });
});

describe('drawn sequences', () => {
  it('hold a turn to a side and something else, and no movement twice', () => {
    expect(SEQUENCES).toHaveLength(96);
    for (const sequence of SEQUENCES) {
      expect(new Set(sequence).size).toBe(3);
      const turns = sequence.filter((action) => action === 'left' || action === 'right');
      expect(turns.length).toBeGreaterThanOrEqual(1);
      expect(turns.length).toBeLessThan(3);
    }
  });

  it('are all equally likely, and never the one before', () => {
    const previous = SEQUENCES[5] ?? [];
    const limits: number[] = [];
    const drawn = new Set<string>();
    for (let index = 0; index < 95; index += 1) {
      const random = {
        below(limit: number) {
          limits.push(limit);
          return index;
        },
      };
      drawn.add(drawSequence(random, previous).join());
    }
    expect(drawn.size).toBe(95);
    expect(drawn.has(previous.join())).toBe(false);
    expect(new Set(limits)).toEqual(new Set([95]));
    expect(new Set(SEQUENCES.flat())).toEqual(new Set(ACTIONS));
  });
});
