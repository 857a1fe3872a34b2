// Adds one person and opens their page, where the enrolment begins.
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { PersonForm } from '../../ui/person-form.js';
import { SideSheet } from '../../ui/dialog.js';

interface AddPersonDrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddPersonDrawer({ opened, onClose }: AddPersonDrawerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useChange('createPerson', ['people', 'today']);
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <SideSheet opened={opened} onClose={close} title={t('people.addTitle')} size={420}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('people.addText')}
      </p>
      <PersonForm
        submit={t('people.add')}
        busy={create.isPending}
        error={create.error}
        onCancel={close}
        onSubmit={(body) => {
          create.mutate({ body }, { onSuccess: (person) => void navigate(`/people/${person.id}`) });
        }}
      />
    </SideSheet>
  );
}
