// The latest punches as they come in.
import type { Today } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useLive } from '../../lib/live.js';
import { Clock } from '../../ui/moment.js';
import { Section } from '../../ui/page.js';
import { Direction } from '../../ui/punch-parts.js';
import styles from './today.module.css';

const SHOWN = 6;

export function Recent({ day }: { day: Today }) {
  const { t } = useTranslation();
  const { freshPeople } = useLive();
  return (
    <Section title={t('today.recent')} flush>
      {day.recent.length === 0 ? (
        <p className={styles.none}>{t('today.recentNone')}</p>
      ) : (
        <ol className={styles.recent}>
          {day.recent.slice(0, SHOWN).map((punch) => (
            <li
              key={punch.id}
              className={styles.recentRow}
              data-fresh={freshPeople.has(punch.personId) || undefined}
            >
              <Clock ms={punch.atMs} zone={punch.zone} />
              <Direction punch={punch} />
              <Link className="quiet-link" to={`/people/${punch.personId}`}>
                {punch.personName}
              </Link>
              <span className={styles.recentPlace}>{punch.deviceName}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
