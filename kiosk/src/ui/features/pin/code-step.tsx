// First half of the PIN way: whose punch it is.
import { type SubmitEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../design/button.js';
import { Keys } from '../../design/keys.js';
import styles from './pin.module.css';

interface CodeStepProps {
  readonly title: string;
  readonly code: string;
  readonly error: string | null;
  readonly onCode: (typed: string) => void;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onCancel: () => void;
}

export function CodeStep({ title, code, error, onCode, onSubmit, onCancel }: CodeStepProps) {
  const { t } = useTranslation();
  const field = useId();
  return (
    <form className={styles['code-step']} onSubmit={onSubmit}>
      <div role={error === null ? undefined : 'alert'}>
        <h1 id={`${field}-title`} className={styles['title']} data-error={error === null ? 'no' : 'yes'}>
          {error ?? title}
        </h1>
      </div>
      <div className={styles['row']}>
        <div className={styles['labelled']}>
          <label htmlFor={field}>{t('pin.code')}</label>
          <input
            id={field}
            className={styles['field']}
            value={code}
            inputMode="none"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            aria-describedby={`${field}-title`}
            onChange={(event) => {
              onCode(event.target.value);
            }}
          />
        </div>
        <Button onClick={onCancel}>{t('pin.cancel')}</Button>
        <Button kind="primary" type="submit" disabled={code === ''}>
          {t('pin.next')}
        </Button>
      </div>
      <Keys
        set="employee"
        label={t('pin.keypad')}
        backspaceLabel={t('pin.backspace')}
        onKey={(key) => {
          onCode(code + key);
        }}
        onBackspace={() => {
          onCode(code.slice(0, -1));
        }}
      />
    </form>
  );
}
