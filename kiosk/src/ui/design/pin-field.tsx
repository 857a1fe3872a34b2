// Six dots for six digits. A real text field, masked by style rather than by type, so that no browser ever offers
// to remember what was typed.
import { useId } from 'react';
import { normalisePin } from '../words/codes.js';
import styles from './pin-field.module.css';

interface PinFieldProps {
  readonly label: string;
  readonly pin: string;
  readonly isBusy: boolean;
  readonly error: string | null;
  readonly onPin: (pin: string) => void;
}

const PLACES = [0, 1, 2, 3, 4, 5];

export function PinField({ label, pin, isBusy, error, onPin }: PinFieldProps) {
  const id = useId();
  const filled = isBusy ? PLACES.length : pin.length;
  return (
    <div className={styles['block']}>
      <label htmlFor={id}>{label}</label>
      <div className={styles['field']}>
        <input
          id={id}
          className={styles['input']}
          value={pin}
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          readOnly={isBusy}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => {
            onPin(normalisePin(event.target.value));
          }}
        />
        <span className={styles['dots']} aria-hidden="true">
          {PLACES.map((place) => (
            <span key={place} className={styles['dot']} data-filled={place < filled ? 'yes' : 'no'} />
          ))}
        </span>
      </div>
      {error === null ? null : (
        <p id={`${id}-error`} className={styles['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
