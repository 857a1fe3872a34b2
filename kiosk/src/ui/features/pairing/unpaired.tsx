// A tablet that belongs to nobody yet: server address and the one-time code from the console.
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { Keys } from '../../design/keys.js';
import {
  PAIRING_CODE_LENGTH,
  normalisePairingCode,
  normaliseServerAddress,
  showPairingCode,
} from '../../words/codes.js';
import { pairingErrorKey } from './pairing-error.js';
import styles from './pairing.module.css';

interface UnpairedProps {
  readonly view: Extract<View, { name: 'unpaired' }>;
  readonly hasCamera: boolean;
  /** Why the agent refused the last attempt before it began. */
  readonly refusal: string | null;
  readonly onPair: (serverAddress: string, code: string) => void;
}

export function Unpaired({ view, hasCamera, refusal, onPair }: UnpairedProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typedAddress, setAddress] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [isAddressActive, setAddressActive] = useState(view.serverAddress === null);
  const address = typedAddress ?? view.serverAddress ?? '';
  const error = view.busy ? null : (view.error ?? refusal);
  const noCamera = hasCamera ? null : t('pairing.noCamera');
  const trouble = error === null ? noCamera : t(`pairingError.${pairingErrorKey(error)}`);
  const canPair = !view.busy && code.length === PAIRING_CODE_LENGTH && address.length >= 3;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (canPair) onPair(normaliseServerAddress(address), code);
  };
  const write = (next: (before: string) => string) => {
    if (isAddressActive) setAddress(next(address));
    else setCode(normalisePairingCode(next(code)));
  };

  return (
    <form className={styles['unpaired']} onSubmit={submit}>
      <div>
        <h1 className={styles['title']}>{t('pairing.title')}</h1>
        {trouble === null ? (
          <p className={styles['intro']}>{t('pairing.intro')}</p>
        ) : (
          <p className={styles['error']} role="alert">
            {trouble}
          </p>
        )}
      </div>
      <div className={styles['fields']}>
        <div className={styles['labelled']}>
          <label htmlFor={`${id}-server`}>{t('pairing.server')}</label>
          <input
            id={`${id}-server`}
            className={styles['address']}
            value={address}
            placeholder={t('pairing.serverExample')}
            inputMode="none"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus={view.serverAddress === null}
            readOnly={view.busy}
            onFocus={() => {
              setAddressActive(true);
            }}
            onChange={(event) => {
              setAddress(event.target.value);
            }}
          />
        </div>
        <div className={styles['labelled']}>
          <label htmlFor={`${id}-code`}>{t('pairing.code')}</label>
          <input
            id={`${id}-code`}
            className={styles['code']}
            value={showPairingCode(code)}
            placeholder="____-____"
            inputMode="none"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            autoFocus={view.serverAddress !== null}
            readOnly={view.busy}
            onFocus={() => {
              setAddressActive(false);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Backspace') return;
              event.preventDefault();
              setCode(code.slice(0, -1));
            }}
            onChange={(event) => {
              setCode(normalisePairingCode(event.target.value));
            }}
          />
        </div>
        <Button kind="primary" type="submit" disabled={!canPair} className={styles['submit'] ?? ''}>
          {t(view.busy ? 'pairing.busy' : 'pairing.submit')}
        </Button>
      </div>
      <Keys
        set={isAddressActive ? 'address' : 'code'}
        label={t('pin.keypad')}
        backspaceLabel={t('pin.backspace')}
        disabled={view.busy}
        onKey={(key) => {
          write((before) => before + key);
        }}
        onBackspace={() => {
          write((before) => before.slice(0, -1));
        }}
      />
    </form>
  );
}
