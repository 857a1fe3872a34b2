// Where to go when an address leads nowhere, when a page breaks, and what the start page is for each role.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router-dom';
import { useCan } from '../lib/session.js';
import { Page } from '../ui/page.js';
import { Blank } from '../ui/states.js';
import { PLACES } from './places.js';

export function Home() {
  const { t } = useTranslation();
  const can = useCan();
  const first = PLACES.find((place) => can(place.permission));
  if (first !== undefined) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('shell.welcome')}>
      <Blank title={t('shell.nothingForRole')}>{t('shell.nothingForRoleText')}</Blank>
    </Page>
  );
}

export function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.noSuchPage')}>
      <Blank
        title={t('shell.noSuchPage')}
        action={
          <Button component={Link} to="/" variant="default">
            {t('shell.toStart')}
          </Button>
        }
      >
        {t('shell.noSuchPageText')}
      </Blank>
    </Page>
  );
}

/** A page that threw, or one whose file could not be fetched after an update of the server. */
export function PageBroke({ inside = false }: { inside?: boolean }) {
  const { t } = useTranslation();
  const body = (
    <Blank
      title={t('shell.pageBroke')}
      action={
        <Button
          variant="default"
          onClick={() => {
            window.location.reload();
          }}
        >
          {t('shell.reload')}
        </Button>
      }
    >
      {t('shell.pageBrokeText')}
    </Blank>
  );
  return inside ? <Page title={t('shell.pageBroke')}>{body}</Page> : <main>{body}</main>;
}
