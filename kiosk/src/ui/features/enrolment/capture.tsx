// While the tablet learns a face: how many looks are taken, and what to do for the next.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import { HintFigure } from '../../design/hint-figures.js';
import { Actions, Message } from '../../design/message.js';

interface CaptureProps {
  readonly view: Extract<View, { name: 'enrol-capture' }>;
  readonly onCancel: () => void;
}

export function Capture({ view, onCancel }: CaptureProps) {
  const { t } = useTranslation();
  const { hint, captured, needed, displayName } = view;
  return (
    <Message
      key={hint}
      line={hint === null ? t('enrol.lookHere', { name: displayName }) : t(`hint.${hint}`)}
      detail={t('enrol.progress', { captured, needed })}
      figure={hint === null ? undefined : <HintFigure hint={hint} />}
    >
      <Actions>
        <Button onClick={onCancel}>{t('enrol.cancel')}</Button>
      </Actions>
    </Message>
  );
}
