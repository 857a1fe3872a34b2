// The fields of a person, for adding and for editing.
import type { BodyOf } from '@hazri/shared/protocol/console';
import { employeeCode } from '@hazri/shared/protocol/primitives';
import { Button, Select, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNow } from '../lib/now.js';
import { useAnswer } from '../lib/queries.js';
import { useSession } from '../lib/session.js';
import { localDateOf } from '../lib/time.js';
import { Notice, Refusal } from './notice.js';
import { useDateWords } from './dates.js';
import styles from './person-form.module.css';

export type PersonInput = BodyOf<'createPerson'>;

interface PersonFormProps {
  readonly initial?: PersonInput;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (person: PersonInput) => void;
  readonly onCancel: () => void;
}

function useBlankPerson(): PersonInput {
  const { company, user } = useSession();
  const nowMs = useNow();
  return {
    code: '',
    name: '',
    department: null,
    siteId: '',
    locale: user.locale,
    joined: localDateOf(nowMs, company.zone),
  };
}

export function PersonForm({ initial, submit, busy, error, onSubmit, onCancel }: PersonFormProps) {
  const { t } = useTranslation();
  const dateWords = useDateWords();
  const blank = useBlankPerson();
  const sites = useAnswer('sites', {});
  const siteList = sites.data?.items ?? [];
  const form = useForm({
    initialValues: { ...(initial ?? blank), department: (initial ?? blank).department ?? '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('auth.required') : null),
      code: (value) => (employeeCode.safeParse(value).success ? null : t('people.codeInvalid')),
      joined: (value) => (value === '' ? t('auth.required') : null),
    },
  });
  // One site needs no choosing.
  const siteId = form.values.siteId === '' ? (siteList[0]?.id ?? '') : form.values.siteId;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={form.onSubmit((values) => {
        const department = values.department.trim();
        onSubmit({ ...values, siteId, department: department === '' ? null : department });
      })}
    >
      <Refusal error={error} />
      {sites.isSuccess && siteList.length === 0 && <Notice tone="wait">{t('people.sitesMissing')}</Notice>}
      <TextInput label={t('people.name')} maxLength={120} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('people.code')}
        description={t('people.codeHint')}
        maxLength={32}
        {...form.getInputProps('code')}
      />
      <TextInput label={t('people.department')} maxLength={80} {...form.getInputProps('department')} />
      <Select
        label={t('people.site')}
        data={siteList.map((site) => ({ value: site.id, label: site.name }))}
        allowDeselect={false}
        value={siteId === '' ? null : siteId}
        onChange={(value) => {
          form.setFieldValue('siteId', value ?? '');
        }}
      />
      <DateInput
        label={t('people.joined')}
        valueFormat="D MMM YYYY"
        {...dateWords}
        {...form.getInputProps('joined')}
        onChange={(value) => {
          form.setFieldValue('joined', value ?? '');
        }}
      />
      <Select
        label={t('people.locale')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'hi', label: 'हिन्दी' },
        ]}
        allowDeselect={false}
        {...form.getInputProps('locale')}
      />
      <div className={styles.actions}>
        <Button variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={siteId === ''}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
