// A hidden corner for IT: five taps at the top left or Ctrl+Alt+I, then the IT PIN. Shows the state of the tablet,
// changes nothing, names nobody.
import { type SubmitEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ScreenBridge } from '../../../contract/bridge.js';
import type { CallOutput } from '../../../contract/calls.js';
import { Button } from '../../design/button.js';
import { Keys } from '../../design/keys.js';
import { PinField } from '../../design/pin-field.js';
import { Sheet } from '../../design/sheet.js';
import { normalisePin } from '../../words/codes.js';
import { tapCorner } from './corner-gesture.js';
import { ItStatus } from './it-status.js';
import styles from './it-corner.module.css';

interface ItCornerProps {
  readonly call: ScreenBridge['call'];
  readonly locale: Locale;
  readonly zone: string | null;
}

export function ItCorner({ call, locale, zone }: ItCornerProps) {
  const [taps, setTaps] = useState<readonly number[]>([]);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.altKey && event.code === 'KeyI') setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <>
      <div
        className={styles['corner']}
        data-corner="it"
        aria-hidden="true"
        onClick={(event) => {
          const after = tapCorner(taps, event.timeStamp);
          setTaps(after.taps);
          if (after.isOpen) setOpen(true);
        }}
      />
      {isOpen ? (
        <ItSheet
          call={call}
          locale={locale}
          zone={zone}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

function ItSheet({ call, locale, zone, onClose }: ItCornerProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<'IT_PIN_WRONG' | 'IT_PIN_THROTTLED' | 'failed' | null>(null);
  const [status, setStatus] = useState<CallOutput<'it.status'> | null>(null);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (pin.length !== 6 || isBusy) return;
    setBusy(true);
    setPin('');
    void call('it.status', { itPin: pin }).then((result) => {
      setBusy(false);
      if (result.ok) {
        setStatus(result.value);
        return;
      }
      const { code } = result.error;
      setError(code === 'IT_PIN_WRONG' || code === 'IT_PIN_THROTTLED' ? code : 'failed');
    });
  };

  return (
    <Sheet title={t('it.title')} closeLabel={t('it.close')} onClose={onClose}>
      {status === null ? (
        <form className={styles['form']} onSubmit={submit}>
          <div className={styles['side']}>
            <PinField
              label={t('it.enterPin')}
              pin={pin}
              isBusy={isBusy}
              error={error === null ? null : t(`it.${error}`)}
              onPin={setPin}
            />
            <Button kind="primary" type="submit" disabled={isBusy || pin.length !== 6}>
              {t('it.open')}
            </Button>
          </div>
          <Keys
            set="pin"
            label={t('pin.keypad')}
            backspaceLabel={t('pin.backspace')}
            disabled={isBusy}
            onKey={(key) => {
              setPin(normalisePin(pin + key));
            }}
            onBackspace={() => {
              setPin(pin.slice(0, -1));
            }}
          />
        </form>
      ) : (
        <ItStatus status={status} locale={locale} zone={zone} />
      )}
    </Sheet>
  );
}
