import table from '../../components/table.module.css';
import { clock, count, exact, exactCost, exactTime, shortCost, UNKNOWN } from '../../model/figures.ts';
import type { Usd } from '../../model/units.ts';

export const unknown = <span className={table.quiet}>{UNKNOWN}</span>;

/** As many lines of a text as the row has. */
export function excerpt(text: string | null, lines: number) {
  if (text === null || text === '') return unknown;
  return (
    <span className={lines > 1 ? table.clamp : table.text} style={lines > 1 ? { WebkitLineClamp: lines } : undefined} title={text}>
      {text}
    </span>
  );
}

export function plain(value: string | null) {
  return value === null || value === '' ? (
    unknown
  ) : (
    <span className={`${table.text} ${table.second}`} title={value}>
      {value}
    </span>
  );
}

export function time(iso: string, now: number) {
  const at = Date.parse(iso);
  return (
    <time className={table.second} dateTime={iso} title={exactTime(at)}>
      {clock(at, now)}
    </time>
  );
}

export function tokens({ inputUsage, outputUsage, totalUsage }: { inputUsage: number; outputUsage: number; totalUsage: number }) {
  return totalUsage === 0 ? (
    unknown
  ) : (
    <span title={`${exact(inputUsage)} in, ${exact(outputUsage)} out, ${exact(totalUsage)} in all`}>
      {count(inputUsage)} <span className={table.quiet}>→</span> {count(outputUsage)}
    </span>
  );
}

export function money(cost: Usd | null) {
  return cost === null ? unknown : <span title={exactCost(cost)}>{shortCost(cost)}</span>;
}

export function scoreChips(scores: Record<string, number | string>) {
  return Object.entries(scores).map(([name, value]) => (
    <span className={table.chip} key={name} title={`${name}: ${value}`}>
      {name} <b>{typeof value === 'number' ? Number(value.toFixed(3)) : value}</b>
    </span>
  ));
}

/** A figure with a bar behind it: its share of the largest. */
export function share(value: number, largest: number, text: string, title: string) {
  return (
    <>
      <span className={table.share} style={{ width: `${(100 * value) / Math.max(largest, 1)}%` }} />
      <span className={table.over} title={title}>
        {text}
      </span>
    </>
  );
}
