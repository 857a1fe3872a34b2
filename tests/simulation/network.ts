// The way between a tablet and the server: drops, repeats, delays, reorders, loses answers and forges some.
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

/** After this a tablet takes its request for lost, as `pinned-http.ts` does. */
const GIVE_UP_MS = 10_000;

export interface Weather {
  readonly drop: number;
  readonly repeat: number;
  readonly late: number;
  readonly loseReply: number;
  readonly forgeReply: number;
}

export const FAIR: Weather = { drop: 0, repeat: 0, late: 0, loseReply: 0, forgeReply: 0 };
export const FOUL: Weather = { drop: 0.15, repeat: 0.15, late: 0.1, loseReply: 0.15, forgeReply: 0.02 };

export class Network {
  weather: Weather = FAIR;
  isUp = true;
  readonly cutOff = new Set<string>();

  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  /** The server's answer, or null: then the request may or may not have arrived, and may still do so. */
  exchange<T>(deviceId: string, arrive: () => Promise<T>): Promise<T | null> {
    const { timeline, random } = this;
    return new Promise((resolve) => {
      const callOff = timeline.after(GIVE_UP_MS, () => {
        resolve(null);
      });
      const answer = (value: T | null): void => {
        callOff();
        resolve(value);
      };
      if (!this.isUp || this.cutOff.has(deviceId)) {
        timeline.after(random.between(1, 200), () => {
          answer(null);
        });
        return;
      }
      const { drop, repeat, late, loseReply } = this.weather;
      const reach = (): void => {
        void arrive().then(
          (value) => {
            if (!random.chance(loseReply))
              timeline.after(random.between(1, 20), () => {
                answer(value);
              });
            else if (random.chance(0.7))
              timeline.after(1, () => {
                answer(null);
              });
          },
          () => {
            timeline.after(1, () => {
              answer(null);
            });
          },
        );
      };
      const isRepeated = random.chance(repeat);
      if (random.chance(drop)) {
        if (random.chance(0.7))
          timeline.after(random.between(1, 50), () => {
            answer(null);
          });
        return;
      }
      const waitMs = random.chance(late) ? random.between(50, 2 * GIVE_UP_MS) : random.between(1, 20);
      timeline.after(waitMs, reach);
      // At the very same moment, so that two server processes work on it at once, or any time later.
      if (isRepeated) timeline.after(random.chance(0.5) ? waitMs : random.between(1, 30_000), reach);
    });
  }
}
