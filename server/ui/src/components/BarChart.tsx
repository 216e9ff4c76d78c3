import styles from './controls.module.css';

/** One bar: what it stands for, how high it is, and how much of it is trouble. */
export interface ChartBar {
  label: string;
  value: number;
  trouble?: number;
  title: string;
}

interface Props {
  name: string;
  /** The whole, as it is written above the chart. */
  sum: string;
  bars: readonly ChartBar[];
  largest: string;
  pick?: (index: number) => void;
}

/** Bars over time. Each is a button that says its figure; a click narrows to its span. */
export function BarChart({ name, sum, bars, largest, pick }: Props) {
  const most = bars.reduce((high, bar) => Math.max(high, bar.value), 0);
  const height = (value: number) => `${most === 0 ? 0 : Math.max(value > 0 ? 3 : 0, (100 * value) / most)}%`;
  return (
    <figure className={styles.chart} aria-label={`${name} over time`}>
      <figcaption>
        <b>{name}</b> {sum}
        <span>highest {largest}</span>
      </figcaption>
      <div className={styles.bars}>
        {bars.map((bar, i) => (
          <button type="button" key={bar.label + i} tabIndex={bar.value > 0 ? 0 : -1} title={bar.title} aria-label={bar.title} onClick={() => pick?.(i)}>
            <i style={{ height: height(bar.value) }} />
            {bar.trouble !== undefined && bar.trouble > 0 && <i style={{ height: height(bar.trouble) }} />}
          </button>
        ))}
      </div>
      <div className={styles.axis} aria-hidden="true">
        <span>{bars[0]?.label}</span>
        <span>{bars.at(-1)?.label}</span>
      </div>
    </figure>
  );
}
