// On-screen keys for gloved fingers. They never take the focus from the field they write into.
import styles from './keys.module.css';
import { BackspaceIcon } from './icons.js';

const KEY_SETS = {
  pin: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0'],
  code: Array.from('1234567890ABCDEFGHJKMNPQRSTVWXYZ'),
  employee: Array.from('1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.'),
  address: Array.from('1234567890abcdefghijklmnopqrstuvwxyz-.:'),
} as const satisfies Record<string, readonly string[]>;
type KeySet = keyof typeof KEY_SETS;

interface KeysProps {
  readonly set: KeySet;
  readonly label: string;
  readonly backspaceLabel: string;
  readonly disabled?: boolean;
  readonly onKey: (key: string) => void;
  readonly onBackspace: () => void;
}

const keepFocus = (event: { preventDefault: () => void }) => {
  event.preventDefault();
};

export function Keys({ set, label, backspaceLabel, disabled = false, onKey, onBackspace }: KeysProps) {
  return (
    <div role="group" aria-label={label} className={`${styles['keys'] ?? ''} ${styles[set] ?? ''}`}>
      {KEY_SETS[set].map((key) =>
        key === '' ? (
          <span key="gap" />
        ) : (
          <button
            key={key}
            type="button"
            className={styles['key']}
            disabled={disabled}
            onPointerDown={keepFocus}
            onClick={() => {
              onKey(key);
            }}
          >
            {key}
          </button>
        ),
      )}
      <button
        type="button"
        className={`${styles['key'] ?? ''} ${styles['backspace'] ?? ''}`}
        disabled={disabled}
        aria-label={backspaceLabel}
        onPointerDown={keepFocus}
        onClick={onBackspace}
      >
        <BackspaceIcon />
      </button>
    </div>
  );
}
