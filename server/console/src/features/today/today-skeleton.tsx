// The shape of the Today page while it is being asked for.
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { GridSkeleton } from '../../ui/grid.js';
import { useTodayColumns } from './people-table.js';
import styles from './today.module.css';

export function TodaySkeleton() {
  const { t } = useTranslation();
  const columns = useTodayColumns();
  return (
    <div className={styles.day} aria-busy="true">
      <div className={styles.counts}>
        {['in', 'out', 'wait', 'bad'].map((key) => (
          <div key={key} className={styles.count}>
            <Skeleton height={12} width={60} />
            <Skeleton height={26} width={48} mt={8} />
          </div>
        ))}
      </div>
      <div className={styles.pictures}>
        <Skeleton height={240} radius={8} />
        <Skeleton height={240} radius={8} />
      </div>
      <GridSkeleton label={t('shell.loading')} columns={columns} rows={6} />
    </div>
  );
}
