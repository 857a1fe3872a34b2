// What the import dialog knows about CSV: the template, how many rows there are, and which word explains a code.
// It never decides whether a row is good: the server does.
import { people } from '../../lib/words/en/people.js';

export const TEMPLATE_CSV =
  'code,name,department,site,joined,locale\nSB-1001,Asha Pawar,Assembly,Pune plant,2026-04-01,hi\nSB-1002,Imran Shaikh,Stores,Pune plant,2026-04-01,en\n';

type ProblemWord = keyof typeof people.problems;

/** Rows below the header that hold anything at all. */
export function dataRows(csv: string): number {
  const filled = csv.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length;
  return Math.max(0, filled - 1);
}

/** The word for a problem code of the server; OTHER when there is none. */
export function problemWord(code: string): ProblemWord {
  return Object.hasOwn(people.problems, code) ? (code as ProblemWord) : 'OTHER';
}
