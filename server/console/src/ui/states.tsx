// What a page shows when there is nothing, when it failed, and when the server cannot be reached: always what to do next.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, isUnreachable } from '../lib/api-error.js';
import { useErrorWords } from '../lib/error-words.js';
import { IconAlert, IconCloudOff, IconInbox, IconRefresh } from './icons.js';
import styles from './states.module.css';

interface BlankProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  /** The title is the page's only heading. */
  readonly isPage?: boolean;
}

export function Blank({ title, children, icon, action, isPage = false }: BlankProps) {
  return (
    <div className={styles.blank}>
      <div className={styles.icon} aria-hidden="true">
        {icon ?? <IconInbox size={22} stroke={1.5} />}
      </div>
      {isPage ? <h1 className={styles.title}>{title}</h1> : <p className={styles.title}>{title}</p>}
      <div className={styles.text}>{children}</div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

interface TroubleProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly isPage?: boolean;
}

/** An answer that did not come: unreachable server or a refusal, in words, with the number that support can look up. */
export function Trouble({ error, onRetry, isPage = false }: TroubleProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const unreachable = isUnreachable(error);
  const correlationId = error instanceof ApiError ? error.fields.correlationId : null;
  return (
    <div role="alert">
      <Blank
        isPage={isPage}
        title={unreachable ? t('errors.unreachableTitle') : t('errors.title')}
        icon={unreachable ? <IconCloudOff size={22} stroke={1.5} /> : <IconAlert size={22} stroke={1.5} />}
        action={
          <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={onRetry}>
            {t('errors.retry')}
          </Button>
        }
      >
        {words(error)}
        {correlationId !== null && (
          <span className={styles.reference}>{t('errors.reference', { id: correlationId })}</span>
        )}
      </Blank>
    </div>
  );
}

interface ShownProps {
  readonly query: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly data: unknown;
    refetch: () => unknown;
  };
  readonly skeleton: ReactNode;
  readonly children: ReactNode;
}

/** Skeleton, trouble, or the page; data that is already there stays on screen when a later request fails. */
export function Shown({ query, skeleton, children }: ShownProps) {
  if (query.data !== undefined) return children;
  if (query.isPending) return skeleton;
  return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
}
