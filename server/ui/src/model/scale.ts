import type { Micros } from './units.ts';

/** The part of the trace's time that the waterfall shows, in microseconds since base. */
export interface Range {
  from: Micros;
  to: Micros;
}

/** Where a time lies in the range: 0 at its start, 1 at its end. */
export function fraction(range: Range, at: Micros): number {
  return (at - range.from) / Math.max(1, range.to - range.from);
}

/** Round times for a ruler, at most `most` of them. */
export function ticks(range: Range, most: number): Micros[] {
  const span = Math.max(1, range.to - range.from);
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough;
  const whole = Math.max(1, step);
  const found: Micros[] = [];
  for (let at = Math.ceil(range.from / whole) * whole; at <= range.to; at += whole) found.push(at);
  return found;
}

/** A tick's label in the unit that suits the step between ticks. */
export function tickLabel(at: Micros, step: Micros): string {
  if (at === 0) return '0';
  const trim = (n: number) => String(Number(n.toFixed(3)));
  if (step < 1_000 && at < 1_000) return `${trim(at)} µs`;
  if (step < 1_000_000 && at < 1_000_000) return `${trim(at / 1_000)} ms`;
  if (at < 60_000_000 || step < 1_000_000) return `${trim(at / 1_000_000)} s`;
  const seconds = Math.round(at / 1_000_000);
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** Zooms by `factor` (below 1 is closer) around a time, within the whole. */
export function zoom(range: Range, whole: Range, around: Micros, factor: number): Range {
  const span = Math.min(whole.to - whole.from, Math.max(10, (range.to - range.from) * factor));
  const share = fraction(range, around);
  return shift({ from: around - share * span, to: around - share * span + span }, whole);
}

/** Moves a range back inside the whole without changing its length. */
export function shift(range: Range, whole: Range): Range {
  const span = range.to - range.from;
  const from = Math.max(whole.from, Math.min(range.from, whole.to - span));
  return { from, to: from + span };
}
