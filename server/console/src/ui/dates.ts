// Calendars in the page's language, weeks from Monday. Loads the date styles with the first page that needs them.
import '@mantine/dates/styles.css';
import 'dayjs/locale/hi.js';
import { useTranslation } from 'react-i18next';

export function useDateWords() {
  const { i18n } = useTranslation();
  return { locale: i18n.language, firstDayOfWeek: 1 as const };
}
