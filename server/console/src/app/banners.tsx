// Lines above every page: this is the demo company; the server cannot be reached right now.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useLive } from '../lib/live.js';
import { useSession } from '../lib/session.js';
import styles from './shell.module.css';

export function DemoBanner() {
  const { t } = useTranslation();
  const { company } = useSession();
  if (!company.isDemo) return null;
  return (
    <aside className={styles.banner} aria-label={t('settings.isDemo')}>
      <span>{t('shell.demo')}</span>
      <Link to="/start">{t('shell.startOwn')}</Link>
    </aside>
  );
}

export function OfflineBanner() {
  const { t } = useTranslation();
  const { state } = useLive();
  if (state !== 'reconnecting') return null;
  return (
    <div className={styles.banner} data-tone="wait" role="status">
      <span>{t('shell.offline')}</span>
    </div>
  );
}
