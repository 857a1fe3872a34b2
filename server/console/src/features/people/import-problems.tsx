// Every bad row of an import: where it is, what stands there, what is wrong with it.
import type { ImportReport } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { Cell, Grid, Row } from '../../ui/grid.js';
import { problemWord } from './csv.js';
import styles from './import.module.css';

export function ImportProblems({ problems }: { problems: ImportReport['problems'] }) {
  const { t } = useTranslation();
  const columns = [
    { key: 'line', label: t('people.line'), width: 70 },
    { key: 'column', label: t('people.column'), width: 110 },
    { key: 'value', label: t('people.value'), width: 180 },
    { key: 'problem', label: t('people.problem') },
  ];
  return (
    <div className={styles.problems}>
      <Grid label={t('people.refusedTitle')} columns={columns}>
        {problems.map((problem) => (
          <Row key={`${String(problem.line)} ${problem.column} ${problem.code}`}>
            <Cell>{problem.line}</Cell>
            <Cell>{problem.column}</Cell>
            <Cell>
              <span className="mono">{problem.value}</span>
            </Cell>
            <Cell>{t(`people.problems.${problemWord(problem.code)}`, { code: problem.code })}</Cell>
          </Row>
        ))}
      </Grid>
    </div>
  );
}
