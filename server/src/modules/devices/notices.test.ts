// The consent notice says what the law asks for and promises nothing untrue, in every language.
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { sha256Hex } from '@hazri/shared/crypto/hash-chain';
import { notice } from '@hazri/shared/protocol/device';
import { describe, expect, it } from 'vitest';
import { isKnownNotice, noticesFor } from './notices.js';

const notices = noticesFor('Acme Works');

describe.each(['en', 'hi'] as const)('the notice in %s', (locale) => {
  const shown = notices[locale];

  it('fits the wire and carries the hash of its own text', () => {
    const { version, title, paragraphs, sha256 } = notice.parse(shown);
    expect(sha256).toBe(sha256Hex(canonicalBytes({ version, title, paragraphs })));
  });

  it('names the company and never claims that embeddings cannot be turned back', () => {
    const text = shown.paragraphs.join('\n');
    expect(text).toContain('Acme Works');
    expect(text).not.toMatch(/one-way|irreversib|anonym|cannot be|hash|हैश|अपरिवर्तनीय/i);
  });

  it('has the same items as the other language', () => {
    expect(shown.paragraphs).toHaveLength(notices.en.paragraphs.length);
  });
});

describe('isKnownNotice', () => {
  const given = { noticeVersion: notices.en.version, noticeSha256: notices.en.sha256, locale: 'en' as const };

  it('takes only the text that this company shows in this language', () => {
    expect(isKnownNotice('Acme Works', given)).toBe(true);
    expect(isKnownNotice('Other Works', given)).toBe(false);
    expect(isKnownNotice('Acme Works', { ...given, locale: 'hi' })).toBe(false);
    expect(isKnownNotice('Acme Works', { ...given, noticeVersion: 'older' })).toBe(false);
    expect(isKnownNotice('Acme Works', { ...given, noticeSha256: 'a'.repeat(64) })).toBe(false);
  });
});
