// Which passwords are good enough: 12 to 14 characters need letters and digits, 15 and more are free, 128 are the most;
// what everybody tries first is refused at any length, and so are the names of the company and the person.
import type { Issue } from '../../platform/http/refusal.js';

const SHORTEST = 12;
const FREE_FROM = 15;
const LONGEST = 128;
/** What must be left when everything easy is taken away. */
const LEAST_OWN = 5;
const SHORTEST_NAME = 4;

/** Stems of the published lists of leaked passwords that reach twelve characters by being repeated or continued. */
const COMMON = (
  'password passwort passw0rd qwertyuiop qwerty qwertz azerty asdfghjkl asdfgh zxcvbnm zxcvbn 1q2w3e4r5t 1q2w3e4r ' +
  '1qaz2wsx qazwsx iloveyou welcome letmein admin administrator root login master secret changeme default guest ' +
  'monkey dragon football baseball cricket superman batman princess sunshine shadow michael jordan trustno1 freedom ' +
  'whatever hello abc123 abcdefghijkl abcdef abcd1234 hazri attendance company india bharat namaste ganesh krishna ' +
  'shivam jaishreeram omnamahshivaya mumbai delhi bangalore chennai kolkata sachin test temp user demo office ' +
  'january february march april june july august september october november december monday friday summer winter'
).split(' ');

const LEET: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
};

/** Problems of a new password, as issue codes; empty when it is good. `names` belong to the person or company. */
export function passwordIssues(password: string, names: readonly string[]): Issue[] {
  const issue = (code: string): Issue[] => [{ path: 'body.password', code }];
  const length = Array.from(password).length;
  if (length < SHORTEST) return issue('PASSWORD_TOO_SHORT');
  if (length > LONGEST) return issue('PASSWORD_TOO_LONG');
  if (length < FREE_FROM && !(/\p{L}/u.test(password) && /\p{N}/u.test(password))) {
    return issue('PASSWORD_NEEDS_LETTERS_AND_DIGITS');
  }
  return isEasy(password, names) ? issue('PASSWORD_COMMON') : [];
}

function isEasy(password: string, names: readonly string[]): boolean {
  const lower = password.normalize('NFKC').toLowerCase();
  const stems = [...COMMON, ...names.flatMap(partsOf)].sort((a, b) => b.length - a.length);
  const plain = Array.from(lower, (character) => LEET[character] ?? character).join('');
  return [lower, plain].some((text) => ownPart(text, stems) < LEAST_OWN);
}

/** Words of a name; of an e-mail address both sides of the @. */
const partsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= SHORTEST_NAME);

/** Different characters that are left without stems, runs (1234, abcd) and repetitions. */
function ownPart(text: string, stems: readonly string[]): number {
  let rest = text;
  for (const stem of stems) rest = rest.replaceAll(stem, ' ');
  let own = '';
  for (const [at, character] of Array.from(rest).entries()) {
    const step = character.charCodeAt(0) - rest.charCodeAt(at - 1);
    if (!/[\s\p{P}]/u.test(character) && !(at > 0 && Math.abs(step) <= 1)) own += character;
  }
  return new Set(own).size;
}
