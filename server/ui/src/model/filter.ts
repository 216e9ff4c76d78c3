/** One `key:value`, a bare word or phrase, an OR or a parenthesis of the filter language, with its place in the text. */
export interface Term {
  kind: 'term' | 'text' | 'or' | 'open' | 'close';
  start: number;
  end: number;
  negated: boolean;
  /** Null for bare words. */
  key: string | null;
  /** The raw text after the colon, quotes and parentheses included. */
  value: string;
}

/** A key of the language: what the filter bar completes. */
export interface FilterKey {
  key: string;
  hint: string;
  /** The facet that knows this key's values. */
  facet?: string;
  /** Values that are known beforehand. */
  values?: readonly string[];
}

const LEVELS = ['DEFAULT', 'DEBUG', 'WARNING', 'ERROR'];
const TYPES = ['generation', 'agent', 'tool', 'chain', 'retriever', 'embedding', 'evaluator', 'guardrail', 'span', 'event'];

export const FILTER_KEYS: readonly FilterKey[] = [
  { key: 'name', hint: 'trace name', facet: 'name' },
  { key: 'user', hint: 'user id', facet: 'user' },
  { key: 'session', hint: 'session id', facet: 'session' },
  { key: 'tag', hint: 'tag', facet: 'tag' },
  { key: 'env', hint: 'environment', facet: 'env' },
  { key: 'level', hint: 'worst level', facet: 'level', values: LEVELS },
  { key: 'latency', hint: '>2s', values: ['>500ms', '>2s', '>10s', '>1m'] },
  { key: 'cost', hint: '>=0.01', values: ['>0.001', '>0.01', '>0.1', '>1'] },
  { key: 'tokens', hint: '>2k', values: ['>1k', '>10k', '>100k'] },
  { key: 'type', hint: 'observation type', values: TYPES },
  { key: 'model', hint: 'model name' },
  { key: 'release', hint: 'release' },
  { key: 'version', hint: 'version' },
  { key: 'metadata.', hint: 'metadata.tenant:acme' },
  { key: 'scores.', hint: 'scores.helpful:<0.5' },
  { key: 'has', hint: 'is set', values: ['user', 'session', 'tag', 'score', 'cost'] },
  { key: 'id', hint: 'trace id' },
  { key: 'since', hint: 'relative time', values: ['15m', '1h', '24h', '7d'] },
];

const KEY = /^(-?)([A-Za-z_][\w.]*):/;

/** Splits a filter into its terms. Never fails: an unfinished quote or parenthesis reaches to the end of the text. */
export function terms(text: string): Term[] {
  const found: Term[] = [];
  for (let at = 0; at < text.length; ) {
    const c = text[at]!;
    if (/\s/.test(c)) {
      at++;
      continue;
    }
    if (c === '(' || c === ')') {
      found.push({ kind: c === '(' ? 'open' : 'close', start: at, end: at + 1, negated: false, key: null, value: c });
      at++;
      continue;
    }
    const match = KEY.exec(text.slice(at));
    const valueAt = at + (match ? match[0].length : c === '-' ? 1 : 0);
    const end = endOfValue(text, valueAt, match !== null);
    const value = text.slice(valueAt, end);
    const or = match === null && (value === 'OR' || value === '|');
    found.push({ kind: or ? 'or' : match ? 'term' : 'text', start: at, end, negated: c === '-', key: match ? match[2]! : null, value });
    at = Math.max(end, at + 1);
  }
  return found;
}

function endOfValue(text: string, from: number, grouped: boolean): number {
  let at = from;
  let depth = 0;
  let quoted = false;
  for (; at < text.length; at++) {
    const c = text[at]!;
    if (quoted) {
      if (c === '\\') at++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '(' && grouped) depth++;
    else if (c === ')' && depth > 0) depth--;
    else if (depth === 0 && (/\s/.test(c) || c === ')')) break;
  }
  return Math.min(at, text.length);
}

/** The value as it must be written after a colon. */
export function quoted(value: string): string {
  return value !== '' && /^[^\s"()<>=:*\\-][^\s"()*\\]*$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

export function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, value.endsWith('"') && value.length > 1 ? -1 : undefined).replace(/\\(.)/g, '$1') : value;
}

/** The single values of a term: those of `(a OR b)`, or the one. */
export function valuesOf(term: Term): string[] {
  if (!term.value.startsWith('(')) return [unquoted(term.value)];
  return terms(term.value.replace(/^\(|\)$/g, ''))
    .filter((t) => t.kind === 'text' || t.kind === 'term')
    .map((t) => unquoted(t.key === null ? t.value : `${t.key}:${t.value}`));
}

/** The values a filter allows for a key, across its terms. */
export function allowed(text: string, key: string): string[] {
  return terms(text).filter((t) => t.key === key && !t.negated).flatMap(valuesOf);
}

/** The filter with a value added to, or taken from, those it allows for a key. */
export function toggled(text: string, key: string, value: string): string {
  const term = terms(text).find((t) => t.key === key && !t.negated);
  if (!term) return `${text.trim()} ${key}:${quoted(value)}`.trim();
  const now = valuesOf(term);
  const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
  const written = next.map(quoted);
  const replacement = next.length === 0 ? '' : next.length === 1 ? `${key}:${written[0]}` : `${key}:(${written.join(' OR ')})`;
  return tidy(text.slice(0, term.start) + replacement + text.slice(term.end));
}

/** The filter that must, or must not, have this value. */
export function added(text: string, key: string, value: string, negated = false): string {
  const term = `${negated ? '-' : ''}${key}:${quoted(value)}`;
  return terms(text).some((t) => text.slice(t.start, t.end) === term) ? text : `${text.trim()} ${term}`.trim();
}

export function without(text: string, term: Term): string {
  return tidy(text.slice(0, term.start) + text.slice(term.end));
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What is being typed at the caret: a key or a value, and the part of the text a choice replaces. */
export interface Completion {
  kind: 'key' | 'value';
  key: string | null;
  prefix: string;
  from: number;
  to: number;
}

export function completionAt(text: string, caret: number): Completion {
  const term = terms(text).find((t) => t.start <= caret && caret <= t.end && (t.kind === 'term' || t.kind === 'text'));
  if (!term) return { kind: 'key', key: null, prefix: '', from: caret, to: caret };
  const sign = term.negated ? 1 : 0;
  if (term.key === null) {
    return { kind: 'key', key: null, prefix: text.slice(term.start + sign, caret), from: term.start + sign, to: term.end };
  }
  const valueAt = term.end - term.value.length;
  if (caret < valueAt) return { kind: 'key', key: null, prefix: text.slice(term.start + sign, caret), from: term.start + sign, to: valueAt };
  const inside = text.slice(valueAt, caret);
  const last = Math.max(inside.lastIndexOf('('), inside.startsWith('(') ? inside.lastIndexOf(' ') : -1) + 1;
  return { kind: 'value', key: term.key, prefix: unquoted(inside.slice(last)), from: valueAt + last, to: term.end - (term.value.endsWith(')') ? 1 : 0) };
}
