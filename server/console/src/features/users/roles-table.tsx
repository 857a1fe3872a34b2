// What each role may do, in one sentence each.
import { ROLES } from '@hazri/shared/protocol/roles';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page.js';
import styles from './users.module.css';

export function RolesTable() {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.roleWhat')}>
      <dl className={styles.roles}>
        {ROLES.map((role) => (
          <Fragment key={role}>
            <dt>{t(`shell.roles.${role}.name`)}</dt>
            <dd>{t(`shell.roles.${role}.does`)}</dd>
          </Fragment>
        ))}
      </dl>
    </Section>
  );
}
