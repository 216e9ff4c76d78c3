import type { Millis } from './units.ts';

/** The time range of a page as its address holds it: a preset (`range`), or two instants. */
export interface TimeRange {
  range?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const PRESETS: readonly { key: string; label: string; millis: Millis | null }[] = [
  { key: '15m', label: 'Last 15 minutes', millis: 15 * 60_000 },
  { key: '1h', label: 'Last hour', millis: 3_600_000 },
  { key: '6h', label: 'Last 6 hours', millis: 6 * 3_600_000 },
  { key: '24h', label: 'Last 24 hours', millis: 24 * 3_600_000 },
  { key: '7d', label: 'Last 7 days', millis: 7 * 86_400_000 },
  { key: '30d', label: 'Last 30 days', millis: 30 * 86_400_000 },
  { key: 'all', label: 'All time', millis: null },
];

export const DEFAULT_RANGE = '7d';

/** The instants a range means at `now`, as the API takes them; absent bounds are open. */
export function bounds(range: TimeRange, now: Millis): { from?: string; to?: string } {
  if (range.from !== undefined || range.to !== undefined) {
    return { ...(range.from ? { from: range.from } : {}), ...(range.to ? { to: range.to } : {}) };
  }
  const preset = PRESETS.find((p) => p.key === (range.range ?? DEFAULT_RANGE)) ?? PRESETS.find((p) => p.key === DEFAULT_RANGE)!;
  return preset.millis === null ? {} : { from: new Date(now - preset.millis).toISOString() };
}

/** How the range reads on its button. */
export function rangeLabel(range: TimeRange): string {
  const short = (iso: string) => iso.slice(0, 16).replace('T', ' ');
  if (range.from && range.to) return `${short(range.from)} – ${short(range.to)}`;
  if (range.from) return `since ${short(range.from)}`;
  if (range.to) return `until ${short(range.to)}`;
  return (PRESETS.find((p) => p.key === (range.range ?? DEFAULT_RANGE)) ?? PRESETS.find((p) => p.key === DEFAULT_RANGE)!).label;
}
