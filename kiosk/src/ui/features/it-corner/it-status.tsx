// The tablet's own state as a table, for the person who looks after it.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { CallOutput } from '../../../contract/calls.js';
import { exactTime } from '../../words/time.js';
import styles from './it-corner.module.css';

interface ItStatusProps {
  readonly status: CallOutput<'it.status'>;
  readonly locale: Locale;
  readonly zone: string | null;
}

export function ItStatus({ status, locale, zone }: ItStatusProps) {
  const { t } = useTranslation();
  const rows: readonly (readonly [string, string])[] = [
    [t('it.unsent'), String(status.unsent)],
    [
      t('it.lastContact'),
      status.lastContactMs === null ? t('it.never') : exactTime(status.lastContactMs, locale, zone),
    ],
    [t('it.serverAddress'), status.serverAddress ?? t('it.none')],
    [t('it.camera'), status.camera ?? t('it.none')],
    [
      t('it.clockOffset'),
      status.clockOffsetMs === null
        ? t('it.unknown')
        : t('it.milliseconds', { value: Math.round(status.clockOffsetMs) }),
    ],
    [t('it.epoch'), String(status.epoch)],
    [t('it.headSeq'), String(status.headSeq)],
    [t('it.engine'), status.engine],
    [t('it.modelId'), status.modelId ?? t('it.none')],
    [t('it.version'), status.version],
  ];
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('it.title')}>
      <table className={styles['table']}>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
