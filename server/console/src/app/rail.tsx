// The left rail: company, search, HR's day, settings, and who is signed in.
import { Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router-dom';
import { speak } from '../lib/i18n.js';
import { useLive } from '../lib/live.js';
import { useAnswer, useChange } from '../lib/queries.js';
import { useAdoptSession, useCan, useSession } from '../lib/session.js';
import { IconLanguage, IconMoon, IconSearch, IconSignOut, IconSun, IconUser } from '../ui/icons.js';
import { Logo } from '../ui/logo.js';
import { PLACES, type Place } from './places.js';
import styles from './shell.module.css';

export function Rail() {
  const { t } = useTranslation();
  const { company } = useSession();
  return (
    <div className={styles.railBody}>
      <div className={styles.company}>
        <Logo className={styles.logo} />
        <span className={styles.companyName}>{company.name}</span>
      </div>
      <button
        type="button"
        className={styles.find}
        onClick={spotlight.open}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={15} aria-hidden="true" />
        {t('shell.find')}
        <span className={styles.findKey}>{t('shell.findKey')}</span>
      </button>
      <nav aria-label={t('shell.navigation')}>
        <Group group="day" />
        <Group group="settings" />
      </nav>
      <section className={styles.foot} aria-label={t('shell.account')}>
        <LiveMark />
        <Me />
      </section>
    </div>
  );
}

function Group({ group }: { group: Place['group'] }) {
  const { t } = useTranslation();
  const can = useCan();
  const places = PLACES.filter((place) => place.group === group && can(place.permission));
  if (places.length === 0) return null;
  return (
    <div className={styles.group}>
      {group === 'settings' && <div className={styles.groupName}>{t('shell.settings')}</div>}
      {places.map((place) => (
        <Tooltip key={place.key} label={`G ${place.shortcut.toUpperCase()}`} position="right" openDelay={600}>
          <NavLink to={place.to} className={styles.place ?? ''} aria-keyshortcuts={`g ${place.shortcut}`}>
            <place.icon size={17} stroke={1.6} aria-hidden="true" />
            {t(`shell.places.${place.key}`)}
            {place.key === 'exceptions' && <OpenExceptions />}
          </NavLink>
        </Tooltip>
      ))}
    </div>
  );
}

function OpenExceptions() {
  const { t } = useTranslation();
  const open = useAnswer('exceptions', { query: { state: 'open', limit: 1 } });
  const count = open.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <span className={styles.count} aria-label={t('shell.openExceptions', { count })}>
      {count}
    </span>
  );
}

function LiveMark() {
  const { t } = useTranslation();
  const { state } = useLive();
  return (
    <div className={styles.live} data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {t(`shell.live.${state}`)}
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

function Me() {
  const { t, i18n } = useTranslation();
  const { user } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const adopt = useAdoptSession();
  const setLocale = useChange('setLocale');
  const signOut = useChange('signOut');
  const other = i18n.language === 'hi' ? 'en' : 'hi';
  return (
    <Menu position="top-start" width={220} withinPortal={false}>
      <Menu.Target>
        <button type="button" className={styles.me}>
          <span className={styles.avatar} aria-hidden="true">
            {initialsOf(user.name)}
          </span>
          <span className={styles.meText}>
            <span className={styles.meName}>{user.name}</span>
            <span className={styles.meRole}>{t(`shell.roles.${user.role}.name`)}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={15} />}>
          {t('shell.account')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLanguage size={15} />}
          lang={other}
          onClick={() => {
            void speak(other);
            setLocale.mutate({ body: { locale: other } });
          }}
        >
          {other === 'hi' ? 'हिन्दी' : 'English'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSun size={15} />}
          onClick={() => {
            setColorScheme('light');
          }}
        >
          {t('shell.light')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMoon size={15} />}
          onClick={() => {
            setColorScheme('dark');
          }}
        >
          {t('shell.dark')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSignOut size={15} />}
          onClick={() => {
            signOut.mutate(
              {},
              {
                onSuccess: () => {
                  adopt(null);
                },
              },
            );
          }}
        >
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
