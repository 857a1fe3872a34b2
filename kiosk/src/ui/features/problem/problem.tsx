// Out of service: what happened, in words, and what to do about it.
import { useTranslation } from 'react-i18next';
import type { ProblemCode } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { Actions, Message } from '../../design/message.js';
import type { VerdictName } from '../../design/verdict-figures.js';
import styles from './problem.module.css';

export const PROBLEM_FIGURES: Readonly<Record<ProblemCode, VerdictName>> = {
  CAMERA_MISSING: 'camera',
  CAMERA_DENIED: 'camera',
  CAMERA_CHANGED: 'camera',
  MODELS_MISSING: 'wrench',
  JOURNAL_BROKEN: 'disk',
  DISK_FULL: 'disk',
  DEVICE_REVOKED: 'stop',
  CERTIFICATE_WRONG: 'shield',
  TABLET_TOO_OLD: 'wrench',
};

interface ProblemProps {
  readonly code: ProblemCode;
  readonly onPairAgain: () => void;
}

export function Problem({ code, onPairAgain }: ProblemProps) {
  const { t } = useTranslation();
  return (
    <div>
      <p className={styles['label']}>{t('problem.outOfService')}</p>
      <Message line={t(`problem.${code}.title`)} detail={t(`problem.${code}.detail`)}>
        {code === 'DEVICE_REVOKED' ? (
          <Actions>
            <Button onClick={onPairAgain}>{t('problem.pairAgain')}</Button>
          </Actions>
        ) : (
          <p className={styles['code']}>{code}</p>
        )}
      </Message>
    </div>
  );
}
