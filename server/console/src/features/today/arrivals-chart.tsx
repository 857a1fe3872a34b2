// The bars themselves, in a file of their own because the chart library is heavy.
import type { Today } from '@hazri/shared/protocol/console-types';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { clock } from '../../lib/time.js';
import { filledQuarters } from './quarters.js';

const HEIGHT_PX = 170;
const QUARTER_MS = 900_000;

export function ArrivalsChart({ day, peakMs }: { day: Today; peakMs: number }) {
  const { t } = useTranslation();
  const label = t('today.arrivals');
  const bars = filledQuarters(day.arrivals, day.zone).map((bar) => ({
    time: clock(bar.atMs, day.zone),
    [label]: bar.count,
    atMs: bar.atMs,
  }));
  const peak = bars.find((bar) => bar.atMs + QUARTER_MS > peakMs)?.time;
  return (
    <BarChart
      h={HEIGHT_PX}
      data={bars}
      dataKey="time"
      series={[{ name: label, color: 'peacock.7' }]}
      gridAxis="x"
      tickLine="none"
      strokeDasharray="0"
      withLegend={false}
      maxBarWidth={22}
      barProps={{ radius: [3, 3, 0, 0], isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false, margin: { top: 18, right: 4, left: 0, bottom: 0 } }}
      xAxisProps={{ interval: 3, tickMargin: 6 }}
      yAxisProps={{ allowDecimals: false, width: 24, tickCount: 4, domain: [0, 'auto'] }}
      tooltipAnimationDuration={0}
      withBarValueLabel
      valueLabelProps={{
        fontSize: 12,
        content: ({ x, y, width, value, index }) =>
          typeof index === 'number' && bars[index]?.time === peak ? (
            <text
              x={Number(x) + Number(width) / 2}
              y={Number(y) - 5}
              textAnchor="middle"
              fontSize={12}
              fontWeight={600}
              fill="currentColor"
            >
              {String(value)}
            </text>
          ) : null,
      }}
    />
  );
}
