// The punches of the month, newest first.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { Cell, Grid, Row } from '../../ui/grid.js';
import { DayClock } from '../../ui/moment.js';
import { Direction, Method, TimeNotes } from '../../ui/punch-parts.js';

export function MonthList({ punches }: { punches: readonly Punch[] }) {
  const { t } = useTranslation();
  const columns = [
    { key: 'time', label: t('punches.time'), width: 140 },
    { key: 'direction', label: t('punches.direction'), width: 100 },
    { key: 'how', label: t('punches.how'), width: 90, wideOnly: true },
    { key: 'where', label: t('punches.where'), wideOnly: true },
    { key: 'notes', label: t('punches.notes') },
  ];
  return (
    <Grid label={t('person.list')} columns={columns}>
      {punches.map((punch) => (
        <Row key={punch.id} muted={punch.undoneAtMs !== null}>
          <Cell>
            <DayClock ms={punch.atMs} zone={punch.zone} />
          </Cell>
          <Cell>
            <Direction punch={punch} />
          </Cell>
          <Cell wideOnly>
            <Method method={punch.method} />
          </Cell>
          <Cell wideOnly>{punch.deviceName}</Cell>
          <Cell>
            <TimeNotes punch={punch} />
          </Cell>
        </Row>
      ))}
    </Grid>
  );
}
