// Optional voice for people who do not read. Only voices that live on the tablet: a sentence never leaves it.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Locale } from '@hazri/shared/protocol/primitives';

const STORE_KEY = 'hazri.voice';
const synthesis = () => (window as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;

function localVoice(locale: Locale): SpeechSynthesisVoice | null {
  const voices = synthesis()?.getVoices() ?? [];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(locale)) ?? null;
}

function subscribe(onChange: () => void): () => void {
  const speech = synthesis();
  speech?.addEventListener('voiceschanged', onChange);
  return () => {
    speech?.removeEventListener('voiceschanged', onChange);
  };
}

/** Speaks each new sentence once while switched on; null where the tablet has no voice for the language. */
export function useVoice(sentence: string, locale: Locale): { isOn: boolean; onToggle: () => void } | null {
  const voice = useSyncExternalStore(subscribe, () => localVoice(locale));
  const [isOn, setOn] = useState(() => localStorage.getItem(STORE_KEY) === 'on');
  useEffect(() => {
    const speech = synthesis();
    if (!isOn || voice === null || speech === undefined || sentence === '') return;
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    speech.cancel();
    speech.speak(utterance);
  }, [sentence, isOn, voice]);
  const onToggle = useCallback(() => {
    setOn((before) => {
      localStorage.setItem(STORE_KEY, before ? 'off' : 'on');
      return !before;
    });
  }, []);
  return voice === null ? null : { isOn, onToggle };
}
