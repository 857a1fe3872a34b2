// The frame around every signed-in page: rail, demo and offline banners, command palette.
import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router-dom';
import { useSession } from '../lib/session.js';
import { IconMenu } from '../ui/icons.js';
import { DemoBanner, OfflineBanner } from './banners.js';
import { Palette } from './palette.js';
import { Rail } from './rail.js';
import { useGoShortcuts } from './shortcuts.js';
import styles from './shell.module.css';

export function Shell() {
  const { t } = useTranslation();
  const { company } = useSession();
  const location = useLocation();
  const [menuOpened, menu] = useDisclosure(false);
  const closeMenu = menu.close;
  useGoShortcuts();
  useEffect(() => {
    closeMenu();
  }, [location.pathname, closeMenu]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {t('shell.skip')}
      </a>
      <section className={styles.rail} aria-label={company.name}>
        <Rail />
      </section>
      <div className={styles.body}>
        <section className={styles.topBar} aria-label={t('shell.menu')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            onClick={menu.open}
            aria-label={t('shell.menu')}
          >
            <IconMenu size={20} />
          </ActionIcon>
          <span className={styles.topName}>{company.name}</span>
        </section>
        <DemoBanner />
        <OfflineBanner />
        <main id="page" tabIndex={-1} className={styles.main}>
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Drawer
        opened={menuOpened}
        onClose={menu.close}
        position="left"
        size={280}
        withCloseButton={false}
        padding={0}
        attributes={{ content: { 'aria-label': t('shell.menu') } }}
      >
        <Rail />
      </Drawer>
      <Palette />
    </div>
  );
}
