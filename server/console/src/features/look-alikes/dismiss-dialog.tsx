// Before the face alone decides again between two people: what that means.
import type { LookAlike } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { Consequence } from '../../ui/consequence.js';

export function DismissDialog({ pair, onClose }: { pair: LookAlike | null; onClose: () => void }) {
  const { t } = useTranslation();
  const decide = useChange('decideLookAlike', ['lookAlikes']);
  const [one, other] = pair?.people ?? [];
  return (
    <Consequence
      opened={pair !== null}
      onClose={onClose}
      title={t('lookAlikes.dismissTitle')}
      effects={[
        t('lookAlikes.dismissEffect', { one: one?.name ?? '', other: other?.name ?? '' }),
        t('lookAlikes.dismissRisk'),
        t('lookAlikes.dismissBack'),
      ]}
      confirm={t('lookAlikes.dismiss')}
      busy={decide.isPending}
      error={decide.error}
      onConfirm={() => {
        if (pair === null) return;
        decide.mutate({ params: { id: pair.id }, body: { decision: 'dismiss' } }, { onSuccess: onClose });
      }}
    />
  );
}
