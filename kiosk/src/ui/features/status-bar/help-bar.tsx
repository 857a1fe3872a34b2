// Bottom edge, always there: what happens to the picture, the way in without a face, and the language.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { Button } from '../../design/button.js';
import { KeypadIcon, NoPhotoIcon, SpeakerIcon } from '../../design/icons.js';
import { LANGUAGES } from '../../words/languages.js';
import styles from './status-bar.module.css';

interface HelpBarProps {
  readonly locale: Locale;
  readonly onLocale: (locale: Locale) => void;
  readonly onNotice: () => void;
  /** Null: the PIN is not offered on this screen. */
  readonly onPin: (() => void) | null;
  /** Null: this tablet has no voice of its own for the language. */
  readonly voice: { readonly isOn: boolean; readonly onToggle: () => void } | null;
}

export function HelpBar({ locale, onLocale, onNotice, onPin, voice }: HelpBarProps) {
  const { t } = useTranslation();
  return (
    <footer className={styles['help']} aria-label={t('bar.actions')}>
      <Button kind="quiet" icon={<NoPhotoIcon />} onClick={onNotice} className={styles['notice'] ?? ''}>
        {t('bar.noPhoto')}
      </Button>
      {onPin === null ? null : (
        <Button icon={<KeypadIcon />} onClick={onPin} className={styles['pin'] ?? ''}>
          {t('bar.usePin')}
        </Button>
      )}
      <div className={styles['right']}>
        {voice === null ? null : (
          <Button
            kind="quiet"
            icon={<SpeakerIcon isOn={voice.isOn} />}
            aria-pressed={voice.isOn}
            aria-label={t(voice.isOn ? 'bar.voiceOn' : 'bar.voiceOff')}
            onClick={voice.onToggle}
          />
        )}
        <div className={styles['languages']} role="group" aria-label={t('bar.language')}>
          {LANGUAGES.map((language) => (
            <button
              key={language.locale}
              type="button"
              lang={language.locale}
              className={styles['language']}
              aria-pressed={language.locale === locale}
              onClick={() => {
                onLocale(language.locale);
              }}
            >
              {language.name}
            </button>
          ))}
        </div>
      </div>
    </footer>
  );
}
