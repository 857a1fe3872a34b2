// What the screen takes from its surroundings: light or dark by the clock, the language of the person in front of it,
// and rest when nobody is.
import i18next from 'i18next';
import { useCallback, useEffect, useState } from 'react';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { hourOfDay } from '../words/time.js';

const REST_AFTER_MS = 60_000;
const LIGHT_FROM_HOUR = 6;
const DARK_FROM_HOUR = 19;

/** Light by day at the site; before the time is known, as the tablet's system prefers. */
export function useTheme(nowMs: number | null, zone: string | null): void {
  const hour = nowMs === null || zone === null ? null : hourOfDay(nowMs, zone);
  useEffect(() => {
    const isDark =
      hour === null
        ? window.matchMedia('(prefers-color-scheme: dark)').matches
        : hour < LIGHT_FROM_HOUR || hour >= DARK_FROM_HOUR;
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [hour]);
}

export interface Surroundings {
  readonly locale: Locale;
  readonly chooseLocale: (locale: Locale) => void;
  readonly isResting: boolean;
}

/** Which language: what is shown may have one of its own; else the one somebody chose; else the company's. */
interface Languages {
  readonly shown: Locale | null;
  readonly company: Locale;
}

/** The chosen language stays until the screen has rested: the next person finds the company's own. */
export function useSurroundings(isQuiet: boolean, { shown, company }: Languages): Surroundings {
  const [chosen, setChosen] = useState<Locale | null>(null);
  const [isResting, setResting] = useState(false);
  const locale = shown ?? chosen ?? company;

  useEffect(() => {
    if (!isQuiet) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const restLater = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        setResting(true);
        setChosen(null);
      }, REST_AFTER_MS);
    };
    const wake = () => {
      setResting(false);
      restLater();
    };
    restLater();
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
      setResting(false);
    };
  }, [isQuiet]);

  useEffect(() => {
    document.documentElement.lang = locale;
    void i18next.changeLanguage(locale);
  }, [locale]);

  const chooseLocale = useCallback((next: Locale) => {
    setChosen(next);
  }, []);
  return { locale, chooseLocale, isResting: isQuiet && isResting };
}
