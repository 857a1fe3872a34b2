// The month as a heat map: the more punches on a date, the deeper its colour; the number stands there too.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { mediumDate, monthGrid, weekdayNames } from '../../lib/time.js';
import { dayOf, punchesByDay } from './month.js';
import styles from './person.module.css';

interface MonthCalendarProps {
  readonly month: string;
  readonly punches: readonly Punch[];
  readonly personId: string;
}

export function MonthCalendar({ month, punches, personId }: MonthCalendarProps) {
  const { t, i18n } = useTranslation();
  const { lead, dates } = monthGrid(month);
  const days = punchesByDay(punches);
  return (
    <div className={styles.calendar}>
      {weekdayNames(i18n.language).map((name) => (
        <div key={name} className={styles.weekday} aria-hidden="true">
          {name}
        </div>
      ))}
      {Array.from({ length: lead }, (_, index) => (
        <div key={index} />
      ))}
      {dates.map((date) => {
        const { count, span, level } = dayOf(days, date);
        const number = <span className={styles.dateNumber}>{Number(date.slice(8))}</span>;
        return count === 0 ? (
          <div key={date} className={styles.date} data-level={0}>
            {number}
          </div>
        ) : (
          <Link
            key={date}
            className={styles.date}
            data-level={level}
            to={`/punches?personId=${personId}&from=${date}&to=${date}`}
          >
            {number}
            <VisuallyHidden>
              {t('person.dayPunches', { date: mediumDate(date, i18n.language), count })}
            </VisuallyHidden>
            <span className={styles.dateCount}>
              <span className={styles.dateSpan}>{span}</span>
            </span>
          </Link>
        );
      })}
    </div>
  );
}
