import type { TimeRange } from './time.ts';
import { bounds } from './time.ts';
import type { Millis, Usd } from './units.ts';

/** The traces that began in one span of time. */
export interface Bucket {
  start: string;
  traces: number;
  failed: number;
  totalUsage: number;
  cost: Usd | null;
}

/** The spans of a chart. */
export interface Scale {
  from: Millis;
  to: Millis;
  seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Widths people count in, in seconds. */
const WIDTHS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY];
const MOST_BARS = 64;

/** The spans for a range: as narrow as fits, aligned to 1970. A range without a beginning starts at `first`. */
export function scaleOf(range: TimeRange, first: Millis, now: Millis): Scale {
  const bound = bounds(range, now);
  const from = bound.from ? Date.parse(bound.from) : Math.min(first, now);
  const to = bound.to ? Date.parse(bound.to) : now;
  const seconds = WIDTHS.find((width) => (to - from) / 1000 / width <= MOST_BARS) ?? WIDTHS.at(-1)!;
  return { from, to: Math.max(from, to), seconds };
}

/** One bucket per span of the scale; spans without traces are empty. */
export function filled(buckets: readonly Bucket[], scale: Scale): Bucket[] {
  const width = scale.seconds * 1000;
  const known = new Map(buckets.map((bucket) => [Date.parse(bucket.start), bucket]));
  const spans: Bucket[] = [];
  for (let start = Math.floor(scale.from / width) * width; start <= scale.to; start += width) {
    spans.push(known.get(start) ?? { start: new Date(start).toISOString(), traces: 0, failed: 0, totalUsage: 0, cost: null });
  }
  return spans;
}

/** How a span reads: its time or its day, by its width. */
export function spanLabel(start: Millis, seconds: number): string {
  const date = new Date(start);
  const day = date.toLocaleDateString('en-US', { month: 'short', day: 'numeric' });
  if (seconds >= DAY) return day;
  return `${day} ${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
