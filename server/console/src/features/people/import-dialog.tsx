// Imports people from CSV, all or nothing. Every bad row comes back with its line, column and reason.
import type { ImportReport } from '@hazri/shared/protocol/console-types';
import { Anchor, Button, FileButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { IconDownload, IconUpload } from '../../ui/icons.js';
import { Notice, Refusal } from '../../ui/notice.js';
import { saveText } from '../../ui/save-text.js';
import { dataRows, TEMPLATE_CSV } from './csv.js';
import { ImportProblems } from './import-problems.js';
import styles from './import.module.css';
import { Dialog } from '../../ui/dialog.js';

const MOST_BYTES = 5_000_000;

interface ImportDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ImportDialog({ opened, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const [csv, setCsv] = useState('');
  const [isTooBig, setTooBig] = useState(false);
  const load = useChange('importPeople', ['people', 'today']);
  const startOver = () => {
    setCsv('');
    load.reset();
  };
  const close = () => {
    startOver();
    onClose();
  };
  const take = (text: string) => {
    setTooBig(text.length > MOST_BYTES);
    if (text.length <= MOST_BYTES) setCsv(text);
  };
  const report = load.data;
  return (
    <Dialog opened={opened} onClose={close} title={t('people.importTitle')} size={720}>
      {report === undefined ? (
        <div className={styles.body}>
          <p className={styles.text}>{t('people.importText')}</p>
          <div className={styles.line}>
            <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void file?.text().then(take)}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconUpload size={15} />}>
                  {t('people.chooseFile')}
                </Button>
              )}
            </FileButton>
            <Anchor
              component="button"
              type="button"
              fz={13}
              onClick={() => {
                saveText('hazri-people.csv', TEMPLATE_CSV, 'text/csv');
              }}
            >
              <IconDownload size={14} aria-hidden="true" /> {t('people.template')}
            </Anchor>
          </div>
          {isTooBig && <Notice tone="bad">{t('people.fileTooBig')}</Notice>}
          <Textarea
            label={t('people.paste')}
            description={t('people.columns')}
            placeholder={TEMPLATE_CSV}
            classNames={{ input: styles.paste ?? '' }}
            rows={9}
            value={csv}
            onChange={(event) => {
              take(event.currentTarget.value);
            }}
          />
          <Refusal error={load.error} />
          <div className={styles.actions}>
            <span className="soft numbers">{t('people.rowsReady', { count: dataRows(csv) })}</span>
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button
              disabled={dataRows(csv) === 0}
              loading={load.isPending}
              onClick={() => {
                load.mutate({ body: { csv } });
              }}
            >
              {t('people.check')}
            </Button>
          </div>
        </div>
      ) : (
        <Report report={report} onAgain={startOver} onClose={close} />
      )}
    </Dialog>
  );
}

function Report({
  report,
  onAgain,
  onClose,
}: {
  report: ImportReport;
  onAgain: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const isDone = report.problems.length === 0;
  return (
    <div className={styles.body}>
      {isDone ? (
        <Notice tone="in" title={t('people.importedTitle', { count: report.created })}>
          {t('people.importedText')}
        </Notice>
      ) : (
        <>
          <Notice tone="bad" title={t('people.refusedTitle')}>
            {t('people.refusedText', { count: report.problems.length, rows: report.rows })}
          </Notice>
          <ImportProblems problems={report.problems} />
        </>
      )}
      <div className={styles.actions}>
        <Button variant={isDone ? 'default' : 'filled'} onClick={onAgain}>
          {t('people.importAgain')}
        </Button>
        <Button variant={isDone ? 'filled' : 'default'} onClick={onClose}>
          {isDone ? t('shell.done') : t('shell.close')}
        </Button>
      </div>
    </div>
  );
}
