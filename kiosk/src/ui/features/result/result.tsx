// What became of the attempt, on a screen that changes as a whole: readable from the door within two seconds.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ResultView } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { KeypadIcon } from '../../design/icons.js';
import { Actions, Message } from '../../design/message.js';
import { clockTime } from '../../words/time.js';
import { Accepted } from './accepted.js';
import { refusalKey } from './refusal.js';
import styles from './result.module.css';

export interface ResultProps {
  readonly result: ResultView;
  readonly locale: Locale;
  readonly zone: string | null;
  readonly hasPin: boolean;
  readonly onNotMe: () => void;
  readonly onPin: () => void;
  readonly onDone: () => void;
}

export function Result(props: ResultProps) {
  const { result, locale, zone, hasPin, onPin, onDone } = props;
  const { t } = useTranslation();
  const done = <Button onClick={onDone}>{t('result.done')}</Button>;
  const retry = <Button onClick={onDone}>{t('result.tryAgain')}</Button>;
  const pinButton = (kind: 'primary' | 'plain') => (
    <Button kind={kind} icon={<KeypadIcon />} onClick={onPin}>
      {t('result.enterPin')}
    </Button>
  );
  switch (result.kind) {
    case 'accepted':
      return <Accepted result={result} locale={locale} zone={zone} onNotMe={props.onNotMe} />;
    case 'duplicate': {
      const time = clockTime(result.sinceMs, locale, zone);
      const line = t(result.direction === 'in' ? 'result.duplicateIn' : 'result.duplicateOut', { time });
      return (
        <Message line={line} detail={t('result.duplicateDetail')}>
          <p className={styles['who']}>{result.displayName}</p>
        </Message>
      );
    }
    case 'not-recognised':
      return (
        <Message
          line={t('result.notRecognised')}
          detail={t(hasPin ? 'result.notRecognisedPin' : 'result.notRecognisedNoPin')}
        >
          <Actions>
            {hasPin ? pinButton('primary') : null}
            {retry}
          </Actions>
        </Message>
      );
    case 'refused': {
      const key = refusalKey(result.reason);
      const isRetry = key === 'retry';
      return (
        <Message line={t(isRetry ? 'result.refusedRetry' : 'result.refused')} detail={t(`refusal.${key}`)}>
          <Actions>
            {isRetry ? retry : null}
            {isRetry && hasPin ? pinButton('plain') : null}
            {isRetry ? null : done}
          </Actions>
        </Message>
      );
    }
    case 'saved-offline':
      return (
        <Message line={t('result.saved')} detail={t('result.savedDetail')}>
          <dl className={styles['facts']}>
            <div>
              <dt>{t('result.time')}</dt>
              <dd>{clockTime(result.atMs, locale, zone)}</dd>
            </div>
            <div>
              <dt>{t('result.slip')}</dt>
              <dd>{result.slip}</dd>
            </div>
          </dl>
          <Actions>{done}</Actions>
        </Message>
      );
    case 'not-recorded':
      return (
        <Message
          line={t('result.notRecorded')}
          detail={t(result.reason.includes('DISK') ? 'result.notRecordedFull' : 'result.notRecordedDetail')}
        >
          <Actions>{done}</Actions>
        </Message>
      );
    case 'undone':
      return <Message line={t('result.undone')} detail={t('result.undoneDetail')} />;
    case 'enrolled':
      return (
        <Message
          line={t('result.enrolled', { name: result.displayName })}
          detail={t('result.enrolledDetail')}
        />
      );
  }
}
