import { FILTER_KEYS, quoted, type Completion } from './filter.ts';

/** An entry of the filter bar's list: what it shows and what it writes. */
export interface Choice {
  label: string;
  hint: string;
  insert: string;
  /** Whether something must follow: keys want a value. */
  more: boolean;
}

/** At most ten choices for what is being typed. */
export function choicesFor(completion: Completion, valuesOf: (key: string) => { value: string; count: number }[]): Choice[] {
  const typed = completion.prefix.toLowerCase();
  if (completion.kind === 'key') {
    return FILTER_KEYS.filter((k) => k.key.startsWith(typed) && k.key !== typed)
      .map((k) => ({ label: k.key.endsWith('.') ? k.key : `${k.key}:`, hint: k.hint, insert: k.key.endsWith('.') ? k.key : `${k.key}:`, more: true }))
      .slice(0, 10);
  }
  const key = FILTER_KEYS.find((k) => k.key === completion.key);
  const known = valuesOf(completion.key ?? '').map((v) => ({ label: v.value, hint: v.count.toLocaleString('en-US'), insert: `${quoted(v.value)} `, more: false }));
  const fixed = (key?.values ?? [])
    .filter((v) => !known.some((k) => k.label === v))
    .map((v) => ({ label: v, hint: '', insert: `${v} `, more: false }));
  return [...known, ...fixed].filter((c) => c.label.toLowerCase().includes(typed) && c.label.toLowerCase() !== typed).slice(0, 10);
}
