import { describe, expect, it } from 'vitest';
import { en } from './en.js';
import { hi } from './hi.js';

type Tree = { readonly [key: string]: string | Tree };

function sentences(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else for (const [inner, sentence] of sentences(value, here)) found.set(inner, sentence);
  }
  return found;
}

const english = sentences(en);
const hindi = sentences(hi);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('English and Hindi', () => {
  it('hold the same keys', () => {
    expect([...hindi.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('use the same placeholders in every sentence', () => {
    for (const [key, text] of english)
      expect([key, placeholders(hindi.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });
  it('leave nothing empty and nothing untranslated', () => {
    for (const [key, text] of hindi) {
      expect(text.trim(), key).not.toBe('');
      if (!key.startsWith('duration')) expect(text, key).toMatch(/[\u0900-\u097f]/);
    }
  });
  it('have every plural form their language needs', () => {
    for (const [locale, found] of [
      ['en', english],
      ['hi', hindi],
    ] as const) {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      for (const key of found.keys())
        if (key.endsWith('_one'))
          for (const form of forms)
            expect(found.has(key.replace(/_one$/, `_${form}`)), `${locale} ${key}`).toBe(true);
    }
  });
  it('never blame and never show a score', () => {
    for (const [key, text] of english)
      expect(text, key).not.toMatch(/\b(fail|invalid|error|wrong|score|match)/i);
  });
});
