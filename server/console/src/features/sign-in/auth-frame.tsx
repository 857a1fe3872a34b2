// The quiet frame of every page outside: the mark, one form, the promise, the language.
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { speak } from '../../lib/i18n.js';
import { Logo } from '../../ui/logo.js';
import styles from './auth-frame.module.css';

interface AuthFrameProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

export function AuthFrame({ title, text, children, foot }: AuthFrameProps) {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'hi' ? 'en' : 'hi';
  return (
    <div className={styles.frame}>
      <title>{`${title} · Hazri`}</title>
      <header className={styles.top}>
        <span className={styles.brand}>
          <Logo className={styles.logo} />
          Hazri
        </span>
        <Anchor component="button" type="button" fz={13} lang={other} onClick={() => void speak(other)}>
          {other === 'hi' ? 'हिन्दी' : 'English'}
        </Anchor>
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{title}</h1>
        {text !== undefined && <p className={styles.text}>{text}</p>}
        <div className={styles.body}>{children}</div>
        {foot !== undefined && <div className={styles.foot}>{foot}</div>}
      </main>
      <footer className={styles.promise}>
        <strong>{t('auth.tagline')}</strong> {t('auth.promise')}
      </footer>
    </div>
  );
}
