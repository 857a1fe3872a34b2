// While the tablet learns a face: one movement at a time, shown as a figure, and the one question about other looks.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { HintFigure } from '../../design/hint-figures.js';
import { Actions, Message } from '../../design/message.js';
import { PoseFigure } from '../../design/pose-figures.js';

interface CaptureProps {
  readonly view: Extract<View, { name: 'enrol-capture' }>;
  /** Glasses or head cover are changed now, or there are none. */
  readonly onLook: (isChanged: boolean) => void;
  readonly onCancel: () => void;
}

export function Capture({ view, onLook, onCancel }: CaptureProps) {
  const { t } = useTranslation();
  const { step, hint, captured, needed, displayName } = view;
  const stop = (
    <Button kind="quiet" onClick={onCancel}>
      {t('enrol.cancel')}
    </Button>
  );
  if (step === 'look')
    return (
      <Message key="look" line={t('enrol.look.line')} detail={t('enrol.look.detail')}>
        <Actions>
          <Button
            onClick={() => {
              onLook(true);
            }}
          >
            {t('enrol.look.changed')}
          </Button>
          <Button
            onClick={() => {
              onLook(false);
            }}
          >
            {t('enrol.look.none')}
          </Button>
          {stop}
        </Actions>
      </Message>
    );
  const line = step === 'front' ? t('enrol.pose.front', { name: displayName }) : t(`enrol.pose.${step}`);
  return (
    <Message
      key={hint ?? step}
      line={hint === null ? line : t(`hint.${hint}`)}
      detail={t('enrol.progress', { captured, needed })}
      figure={hint === null ? <PoseFigure step={step} /> : <HintFigure hint={hint} />}
    >
      <Actions>{stop}</Actions>
    </Message>
  );
}
