// If drawing itself breaks, the screen says so and starts afresh; a blank screen at a gate helps nobody.
import { Component, type ReactNode } from 'react';
import i18next from 'i18next';
import { Message } from '../design/message.js';
import styles from './app.module.css';

const RELOAD_AFTER_MS = 4000;

export class CrashGuard extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => {
      window.location.reload();
    }, RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className={styles['crash']} role="alert">
        <Message line={i18next.t('linkDown.title')} detail={i18next.t('linkDown.detail')} />
      </main>
    );
  }
}
