// A bordered note inside a page or a dialog: information, a warning, or why something was refused.
import type { ReactNode } from 'react';
import { ApiError } from '../lib/api-error.js';
import { useErrorWords } from '../lib/error-words.js';
import { useTranslation } from 'react-i18next';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone?: 'info' | 'wait' | 'bad' | 'in';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Notice({ tone = 'info', title, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      {title !== undefined && <p className={styles.title}>{title}</p>}
      <div>{children}</div>
    </div>
  );
}

/** Why a change was refused; nothing when there is no error. */
export function Refusal({ error }: { error: unknown }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const id = error instanceof ApiError ? error.fields.correlationId : null;
  return (
    <Notice tone="bad">
      {words(error)}
      {id !== null && <span className={styles.reference}>{t('errors.reference', { id })}</span>}
    </Notice>
  );
}
