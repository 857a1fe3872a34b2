// Keys that work everywhere: G and a letter goes to a place. Never while someone types or a dialog is open.
import { useEffect } from 'react';
import { useNavigate } from 'react-router-dom';
import { useCan } from '../lib/session.js';
import { PLACES } from './places.js';

const SECOND_KEY_MS = 1_000;

export function useGoShortcuts(): void {
  const navigate = useNavigate();
  const can = useCan();
  useEffect(() => {
    let goAtMs = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.matches('input, textarea, select, [contenteditable]')
      )
        return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      if (event.timeStamp - goAtMs < SECOND_KEY_MS) {
        const place = PLACES.find(
          (candidate) => candidate.shortcut === event.key && can(candidate.permission),
        );
        if (place !== undefined) {
          event.stopImmediatePropagation();
          event.preventDefault();
          void navigate(place.to);
        }
      }
      goAtMs = event.key === 'g' ? event.timeStamp : -Infinity;
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [navigate, can]);
}
