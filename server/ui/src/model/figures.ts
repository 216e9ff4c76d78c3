import type { Micros, Millis, Usd } from './units.ts';

/** What stands where a figure is unknown; an unknown is never a zero. */
export const UNKNOWN = '–';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Three significant digits. */
function three(exactly: number): string {
  if (exactly === 0) return '0';
  const value = Number(exactly.toPrecision(3));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 12));
}

function two(first: number, firstUnit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${rest} ${restUnit}`;
}

/** `842 ms`, `12.4 s`, `3 min 20 s`; a dash for null. */
export function duration(millis: Millis | null | undefined): string {
  if (millis === null || millis === undefined || Number.isNaN(millis)) return UNKNOWN;
  const ms = Math.abs(millis);
  if (ms === 0) return '0 ms';
  if (ms < 0.9995) return `${Math.round(ms * 1000)} µs`;
  if (ms < 999.5) return `${three(ms)} ms`;
  if (ms < 59_950) return `${three(ms / SECOND)} s`;
  if (ms < HOUR) {
    const s = Math.round(ms / SECOND);
    return two(Math.floor(s / 60), 'min', s % 60, 's');
  }
  if (ms < DAY) {
    const min = Math.round(ms / MINUTE);
    return two(Math.floor(min / 60), 'h', min % 60, 'min');
  }
  const h = Math.round(ms / HOUR);
  return two(Math.floor(h / 24), 'd', h % 24, 'h');
}

export function durationOfMicros(micros: Micros): string {
  return micros < 0 ? UNKNOWN : duration(micros / 1000);
}

/** `$0.00417`, `$12.30`, `$1,204.00`; a dash for null. A known zero is `$0`. */
export function cost(usd: Usd | null | undefined): string {
  if (usd === null || usd === undefined || Number.isNaN(usd)) return UNKNOWN;
  if (usd === 0) return '$0';
  const size = Math.abs(usd);
  if (size >= 0.995) {
    return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  return `$${three(usd)}`;
}

/** As `cost`, for narrow columns: below a hundredth of a cent it only says so. */
export function shortCost(usd: Usd | null | undefined): string {
  return usd !== null && usd !== undefined && usd > 0 && usd < 0.0001 ? '<$0.0001' : cost(usd);
}

/** The exact amount, for hovering. */
export function exactCost(usd: Usd | null | undefined): string {
  if (usd === null || usd === undefined || Number.isNaN(usd)) return 'no price';
  return `$${usd.toLocaleString('en-US', { maximumFractionDigits: 12 })}`;
}

/** `842`, `18.2k`, `1.20M`; a dash for null. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN;
  const size = Math.abs(value);
  if (size < 1000) return String(value);
  if (size < 999_500) return `${three(value / 1000)}k`;
  if (size < 999_500_000) return `${three(value / 1e6)}M`;
  return `${three(value / 1e9)}G`;
}

/** `18,204`; a dash for null. */
export function exact(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? UNKNOWN : value.toLocaleString('en-US');
}

/** `1 observation`, `42 observations`. */
export function plural(n: number, noun: string): string {
  return `${exact(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `18.2 KB` of text, counted in characters. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${three(size / 1024)} KB`;
  return `${three(size / 1024 / 1024)} MB`;
}

/** `just now`, `12 s ago`, `4 min ago`, `3 h ago`, `2 d ago`. */
export function ago(at: Millis, now: Millis): string {
  const ms = now - at;
  if (ms < 2 * SECOND) return 'just now';
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / DAY)} d ago`;
}

const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** Local `15:42:07`, with the day before it when it is not today: `Nov 21 15:42:07`. */
export function clock(at: Millis, now: Millis): string {
  const d = new Date(at);
  const time = `${pad(d.getHours())}:${pad(d.getMinutes())}:${pad(d.getSeconds())}`;
  const today = new Date(now);
  if (d.toDateString() === today.toDateString()) return time;
  const day = d.toLocaleDateString('en-US', { month: 'short', day: 'numeric' });
  return d.getFullYear() === today.getFullYear() ? `${day} ${time}` : `${day} ${d.getFullYear()} ${time}`;
}

/** The full time with milliseconds and zone, for hovering. */
export function exactTime(at: Millis): string {
  const d = new Date(at);
  const zone = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(d).find((p) => p.type === 'timeZoneName');
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())} ${pad(d.getHours())}:${pad(d.getMinutes())}:${pad(d.getSeconds())}.${pad(d.getMilliseconds(), 3)} ${zone?.value ?? ''}`.trim();
}
