// The options of a command that needs no server: each takes a value or is a switch, and everything else is refused.
import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';

type Kind = 'string' | 'boolean';

/** Throws UserError OPTION_UNKNOWN. Every command also knows `--help` and `--json`. */
export function parseOptions<const T extends Readonly<Record<string, Kind>>>(
  args: readonly string[],
  kinds: T,
): { [K in keyof T]?: T[K] extends 'string' ? string : boolean } & { help?: boolean } {
  const options = Object.fromEntries(
    Object.entries({ ...kinds, help: 'boolean', json: 'boolean' } as const).map(([name, type]) => [
      name,
      { type },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options }).values as ReturnType<typeof parseOptions<T>>;
  } catch {
    throw new UserError('OPTION_UNKNOWN', 'An option of this command is wrong; see --help.');
  }
}

/** Throws UserError OPTION_MISSING naming the option. */
export function needed(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new UserError('OPTION_MISSING', `Say which file: ${option} FILE.`, option);
}
