// Starts i18next with both languages in the bundle: no request, no loading state, no detection.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Dictionary } from './dictionary.js';
import { en } from './en.js';
import { hi } from './hi.js';

export const LANGUAGES = [
  { locale: 'en', name: 'English' },
  { locale: 'hi', name: 'हिन्दी' },
] as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Dictionary };
  }
}

export function startLanguages(): i18n {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: LANGUAGES.map((language) => language.locale),
    resources: { en: { translation: en }, hi: { translation: hi } },
    initAsync: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return i18next;
}
