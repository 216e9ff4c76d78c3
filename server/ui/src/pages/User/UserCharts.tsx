import { BarChart } from '../../components/BarChart.tsx';
import { cost, exact, exactCost, plural } from '../../model/figures.ts';
import { filled, spanLabel, type Bucket, type Scale } from '../../model/series.ts';
import type { TimeRange } from '../../model/time.ts';
import styles from './user.module.css';

interface Props {
  /** Undefined while they are on their way: the place is kept. */
  buckets: readonly Bucket[] | undefined;
  priced: boolean;
  scale: Scale;
  narrow: (range: TimeRange) => void;
}

/** Traces with their errors, and cost, over time. A click on a bar narrows the page to its span. */
export function UserCharts({ buckets, priced, scale, narrow }: Props) {
  const spans = filled(buckets ?? [], scale);
  const label = (span: Bucket) => spanLabel(Date.parse(span.start), scale.seconds);
  const pick = (i: number) => {
    const start = Date.parse(spans[i]!.start);
    narrow({ range: undefined, from: new Date(start).toISOString(), to: new Date(start + scale.seconds * 1000).toISOString() });
  };
  const traces = spans.reduce((sum, span) => sum + span.traces, 0);
  const spent = spans.reduce((sum, span) => sum + (span.cost ?? 0), 0);
  const known = (text: string) => (buckets === undefined ? '…' : text);
  return (
    <div className={styles.charts}>
      <BarChart
        name="Traces"
        sum={known(exact(traces))}
        largest={known(exact(Math.max(0, ...spans.map((span) => span.traces))))}
        bars={spans.map((span) => ({
          label: label(span),
          value: span.traces,
          trouble: span.failed,
          title: `${label(span)}: ${plural(span.traces, 'trace')}${span.failed > 0 ? `, ${exact(span.failed)} failed` : ''}`,
        }))}
        pick={pick}
      />
      {priced && (
        <BarChart
          name="Cost"
          sum={known(cost(spent))}
          largest={known(cost(Math.max(0, ...spans.map((span) => span.cost ?? 0))))}
          bars={spans.map((span) => ({ label: label(span), value: span.cost ?? 0, title: `${label(span)}: ${span.cost === null ? 'no cost' : exactCost(span.cost)}` }))}
          pick={pick}
        />
      )}
    </div>
  );
}
