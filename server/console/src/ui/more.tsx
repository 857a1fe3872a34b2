// The foot of a list: how much of it is shown, and the next part of it.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './more.module.css';

interface MoreProps {
  readonly shown: number;
  readonly total: number;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly onMore: () => void;
}

export function More({ shown, total, hasNextPage, isFetchingNextPage, onMore }: MoreProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.more}>
      <span className="numbers">{t('shell.shownOf', { shown, total })}</span>
      {hasNextPage && (
        <Button variant="default" onClick={onMore} loading={isFetchingNextPage}>
          {t('shell.showMore')}
        </Button>
      )}
    </div>
  );
}
