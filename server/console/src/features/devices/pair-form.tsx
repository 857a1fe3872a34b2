// Step one: what the place is called and which site it belongs to.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAnswer, useChange } from '../../lib/queries.js';
import { Notice, Refusal } from '../../ui/notice.js';
import type { MadePairing } from './made-pairing.js';
import styles from './devices.module.css';

interface PairFormProps {
  readonly onMade: (pairing: MadePairing) => void;
  readonly onCancel: () => void;
}

export function PairForm({ onMade, onCancel }: PairFormProps) {
  const { t } = useTranslation();
  const sites = useAnswer('sites', {});
  const create = useChange('createPairing', ['devices']);
  const siteList = sites.data?.items ?? [];
  const form = useForm({
    initialValues: { name: '', siteId: '' },
    validate: { name: (value) => (value.trim() === '' ? t('auth.required') : null) },
  });
  const siteId = form.values.siteId === '' ? (siteList[0]?.id ?? '') : form.values.siteId;
  return (
    <form
      className={styles.step}
      onSubmit={form.onSubmit(({ name }) => {
        create.mutate({ body: { name, siteId } }, { onSuccess: onMade });
      })}
    >
      <Refusal error={create.error} />
      {sites.isSuccess && siteList.length === 0 && <Notice tone="wait">{t('people.sitesMissing')}</Notice>}
      <TextInput
        label={t('devices.nameLabel')}
        description={t('devices.nameHint')}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label={t('people.site')}
        data={siteList.map((site) => ({ value: site.id, label: site.name }))}
        allowDeselect={false}
        value={siteId === '' ? null : siteId}
        onChange={(value) => {
          form.setFieldValue('siteId', value ?? '');
        }}
      />
      <div className={styles.actions}>
        <Button variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={create.isPending} disabled={siteId === ''}>
          {t('devices.makeCode')}
        </Button>
      </div>
    </form>
  );
}
