// A punch that counts: IN or OUT first, then whose, when, and how long today.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ResultView } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { UndoIcon } from '../../design/icons.js';
import { Actions } from '../../design/message.js';
import { clockTime } from '../../words/time.js';
import { workedWords } from '../../words/worked.js';
import styles from './result.module.css';

/** Characters from which a name needs more than two lines at its full size. */
const LONG_NAME = 28;

interface AcceptedProps {
  readonly result: Extract<ResultView, { kind: 'accepted' }>;
  readonly locale: Locale;
  readonly zone: string | null;
  readonly onNotMe: () => void;
}

export function Accepted({ result, locale, zone, onNotMe }: AcceptedProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['accepted']} data-long={result.displayName.length > LONG_NAME ? 'yes' : 'no'}>
      <h1 className={styles['headline']}>
        <span className={styles['direction']}>{t(`direction.${result.direction}`)}</span>
        <span className={styles['name']}>{result.displayName}</span>
      </h1>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('result.time')}</dt>
          <dd>{clockTime(result.atMs, locale, zone)}</dd>
        </div>
        {result.workedTodayMin > 0 ? (
          <div>
            <dt>{t('result.today')}</dt>
            <dd>{workedWords(result.workedTodayMin, t)}</dd>
          </div>
        ) : null}
      </dl>
      {result.canUndo ? (
        <Actions>
          <Button icon={<UndoIcon />} onClick={onNotMe}>
            {t('result.notMe')}
          </Button>
        </Actions>
      ) : null}
    </div>
  );
}
