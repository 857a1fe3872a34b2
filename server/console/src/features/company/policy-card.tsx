// What holds for all tablets of the company. Everybody may read it; the owner changes it.
import { Button, NumberInput, Skeleton, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { CompanyPolicyView } from '@hazri/shared/protocol/console-types';
import { useAnswer, useChange } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { Refusal } from '../../ui/notice.js';
import { Section } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import styles from './policy-card.module.css';

const BOUNDS = {
  duplicateWithinSec: { min: 0, max: 3600 },
  wrongPerMillion: { min: 10, max: 100_000 },
} as const;

export function PolicyCard() {
  const { t } = useTranslation();
  const query = useAnswer('policy', {});
  return (
    <div className={styles.card}>
      <Section title={t('settings.policy')}>
        <Shown query={query} skeleton={<Skeleton height={220} radius={6} />}>
          {query.data && <PolicyForm key={JSON.stringify(query.data)} policy={query.data} />}
        </Shown>
      </Section>
    </div>
  );
}

function PolicyForm({ policy }: { policy: CompanyPolicyView }) {
  const { t } = useTranslation();
  const canChange = useCan()('company.manage');
  const change = useChange('updatePolicy', ['policy']);
  const within = (name: keyof typeof BOUNDS) => (value: number | string) => {
    const { min, max } = BOUNDS[name];
    const isWhole = typeof value === 'number' && Number.isInteger(value);
    return isWhole && value >= min && value <= max ? null : t('settings.policyRange', { min, max });
  };
  const form = useForm({
    initialValues: policy,
    validate: {
      duplicateWithinSec: within('duplicateWithinSec'),
      wrongPerMillion: within('wrongPerMillion'),
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={form.onSubmit((body) => {
        change.mutate({ body });
      })}
    >
      <Refusal error={change.error} />
      <NumberInput
        label={t('settings.policyDuplicate')}
        description={t('settings.policyDuplicateHint')}
        suffix={t('settings.policySeconds')}
        allowDecimal={false}
        disabled={!canChange}
        {...form.getInputProps('duplicateWithinSec')}
      />
      <NumberInput
        label={t('settings.policyWrong')}
        description={t('settings.policyWrongHint')}
        thousandSeparator=","
        allowDecimal={false}
        disabled={!canChange}
        {...form.getInputProps('wrongPerMillion')}
      />
      <Switch
        label={t('settings.policyPin')}
        description={t('settings.policyPinHint')}
        disabled={!canChange}
        {...form.getInputProps('pinFallback', { type: 'checkbox' })}
      />
      <Switch
        label={t('settings.policyLearn')}
        description={t('settings.policyLearnHint')}
        disabled={!canChange}
        {...form.getInputProps('selfUpdate', { type: 'checkbox' })}
      />
      {canChange && (
        <div className={styles.actions}>
          <Button type="submit" variant="default" loading={change.isPending} disabled={!form.isDirty()}>
            {t('settings.policySave')}
          </Button>
        </div>
      )}
    </form>
  );
}
