// Words in English and Hindi. Hindi is loaded when it is asked for; English is always there to fall back to.
import { type Locale } from '@hazri/shared/protocol/primitives';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { EN } from './words/en.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof EN };
    returnNull: false;
  }
}

const STORED_LANGUAGE = 'hazri-language';

function storedLanguage(): Locale {
  try {
    const stored = window.localStorage.getItem(STORED_LANGUAGE);
    if (stored === 'en' || stored === 'hi') return stored;
  } catch {
    // Storage may be forbidden; the browser's own language decides then.
  }
  return navigator.language.toLowerCase().startsWith('hi') ? 'hi' : 'en';
}

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: EN } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(storedLanguage());
}

/** Switches every word on the page, and the page's `lang`. */
export async function speak(language: Locale): Promise<void> {
  if (language === 'hi' && !i18next.hasResourceBundle('hi', 'translation')) {
    const { HI } = await import('./words/hi.js');
    i18next.addResourceBundle('hi', 'translation', HI);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    window.localStorage.setItem(STORED_LANGUAGE, language);
  } catch {
    // The choice then lasts until the tab closes.
  }
}
