// Calendars in the page's language, weeks from Monday. Loads the date styles with the first page that needs them.
import '@mantine/dates/styles.css';
import 'dayjs/locale/hi.js';
import { useTranslation } from 'react-i18next';

/** Properties that every date field takes. */
export function useDateWords() {
  const { t, i18n } = useTranslation();
  return {
    locale: i18n.language,
    firstDayOfWeek: 1 as const,
    hideOutsideDates: true,
    ariaLabels: {
      nextMonth: t('person.nextMonth'),
      previousMonth: t('person.previousMonth'),
      nextYear: t('punches.next'),
      previousYear: t('punches.previous'),
      nextDecade: t('punches.next'),
      previousDecade: t('punches.previous'),
    },
    clearButtonProps: { 'aria-label': t('shell.clear') },
    popoverProps: { attributes: { dropdown: { 'aria-label': t('punches.dates') } } },
  };
}
