// Second half of the PIN way: six digits, masked.
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../design/button.js';
import { Keys } from '../../design/keys.js';
import { PinField } from '../../design/pin-field.js';
import { normalisePin } from '../../words/codes.js';
import styles from './pin.module.css';

interface PinStepProps {
  readonly title: string;
  readonly code: string;
  readonly pin: string;
  readonly error: string | null;
  readonly isBusy: boolean;
  readonly onPin: (pin: string) => void;
  readonly onBack: () => void;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onCancel: () => void;
}

export function PinStep(props: PinStepProps) {
  const { title, code, pin, error, isBusy, onPin, onBack, onSubmit, onCancel } = props;
  const { t } = useTranslation();
  return (
    <form className={styles['pin-step']} onSubmit={onSubmit}>
      <div className={styles['side']}>
        <h1 className={styles['title']}>{title}</h1>
        <p className={styles['who']}>
          {t('pin.code')} <strong>{code}</strong>
        </p>
        <PinField label={t('pin.pin')} pin={pin} isBusy={isBusy} error={error} onPin={onPin} />
        <Button
          kind="primary"
          type="submit"
          disabled={isBusy || pin.length !== 6}
          className={styles['submit'] ?? ''}
        >
          {t(isBusy ? 'pin.checking' : 'pin.submit')}
        </Button>
        <div className={styles['row']}>
          <Button onClick={onCancel}>{t('pin.cancel')}</Button>
          <Button onClick={onBack} disabled={isBusy}>
            {t('pin.back')}
          </Button>
        </div>
      </div>
      <Keys
        set="pin"
        label={t('pin.keypad')}
        backspaceLabel={t('pin.backspace')}
        disabled={isBusy}
        onKey={(key) => {
          onPin(normalisePin(pin + key));
        }}
        onBackspace={() => {
          onPin(pin.slice(0, -1));
        }}
      />
    </form>
  );
}
