// Both languages say everything, with the same placeholders.
import { describe, expect, it } from 'vitest';
import { WORDED_CODES } from '../error-words.js';
import { EN } from './en.js';
import { HI } from './hi.js';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
}
const english = new Map(flat(EN));
const hindi = new Map(flat(HI));
const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([found]) => found).sort();

/** Proper names, codes and letters that are the same in both languages. */
const SAME_IN_BOTH =
  /^(punches\.(in|out|method\.pin)|person\.pin|people\.pin|shell\.(findKey|noValue|roles\.(hr|it)\.name))$/;

describe('words', () => {
  it('have the same keys in both languages', () => {
    expect([...hindi.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are nowhere empty', () => {
    expect([...english, ...hindi].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('carry the same placeholders', () => {
    const wrong = [...english].filter(([key, text]) => {
      return placeholders(text).join() !== placeholders(hindi.get(key) ?? '').join();
    });
    expect(wrong).toEqual([]);
  });

  it('are really translated', () => {
    const untranslated = [...hindi].filter(
      ([key, text]) =>
        !/[ऀ-ॿ]/.test(text) && text.replace(/\{\{\w+\}\}|\W/g, '') !== '' && !SAME_IN_BOTH.test(key),
    );
    expect(untranslated).toEqual([]);
  });

  it('have a sentence for every error code that the server may send', () => {
    const missing = WORDED_CODES.filter((code) => !english.has(`errors.${code}`));
    expect(missing).toEqual([]);
  });

  it('never call an embedding a hash', () => {
    expect([...english.values()].filter((text) => /one-way|hash/i.test(text))).toEqual([]);
  });
});
