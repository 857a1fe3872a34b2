// Before tablets begin to run a second model, and before the change ends: what each of it does.
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { Consequence } from '../../ui/consequence.js';

export function StartDialog({ model, onClose }: { model: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const start = useChange('startRollOver', ['recognition']);
  return (
    <Consequence
      opened={model !== null}
      onClose={onClose}
      title={t('settings.recognitionStartTitle', { model: model ?? '' })}
      effects={[
        t('settings.recognitionStartTablets'),
        t('settings.recognitionStartPeople'),
        t('settings.recognitionStartEnd'),
      ]}
      confirm={t('settings.recognitionStart')}
      busy={start.isPending}
      error={start.error}
      onConfirm={() => {
        if (model !== null) start.mutate({ body: { next: model } }, { onSuccess: onClose });
      }}
    />
  );
}

interface EndDialogProps {
  readonly opened: boolean;
  readonly model: string;
  readonly isDone: boolean;
  readonly onClose: () => void;
}

export function EndDialog({ opened, model, isDone, onClose }: EndDialogProps) {
  const { t } = useTranslation();
  const end = useChange('endRollOver', ['recognition']);
  return (
    <Consequence
      opened={opened}
      onClose={onClose}
      title={isDone ? t('settings.recognitionFinishTitle', { model }) : t('settings.recognitionCancelTitle')}
      effects={[isDone ? t('settings.recognitionFinishText') : t('settings.recognitionCancelText')]}
      confirm={isDone ? t('settings.recognitionFinish') : t('settings.recognitionCancel')}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => {
        end.mutate({}, { onSuccess: onClose });
      }}
    />
  );
}
