import { textOf, type Skeleton } from './skeleton.ts';
import type { Usd } from './units.ts';

/** One line of "why this cost": so much usage of a kind at a price. Null where it is not known. */
export interface CostLine {
  kind: string;
  usage: number | null;
  /** USD per unit of usage. */
  price: Usd | null;
  cost: Usd | null;
}

interface Priced {
  usage: Record<string, number>;
  cost: Record<string, Usd>;
  prices: Record<string, Usd> | null;
}

const TOTALS = new Set(['total']);
const ORDER = ['input', 'input_cached_tokens', 'input_cache_read', 'input_cache_creation', 'output', 'output_reasoning_tokens'];

/** The lines of a model's use, input before output; the total is left to the caller. */
export function costLines(use: Priced): CostLine[] {
  const kinds = new Set([...Object.keys(use.usage), ...Object.keys(use.cost)].filter((kind) => !TOTALS.has(kind)));
  const place = (kind: string) => (ORDER.indexOf(kind) + 1 || ORDER.length + 1) + (kind.startsWith('output') ? 0.5 : 0);
  return [...kinds]
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((kind) => ({ kind, usage: use.usage[kind] ?? null, price: use.prices?.[kind] ?? null, cost: use.cost[kind] ?? null }));
}

/** A price as providers print it: per million units. */
export function perMillion(price: Usd): string {
  return `$${Number((price * 1e6).toPrecision(6)).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 })}/M`;
}

/** What one model cost in a trace. */
export interface ModelCost {
  model: string;
  calls: number;
  input: number;
  output: number;
  cost: Usd | null;
}

/** The trace's models, dearest first. */
export function costByModel(skeleton: Skeleton): ModelCost[] {
  const byModel = new Map<string, ModelCost>();
  for (let i = 0; i < skeleton.n; i++) {
    const model = textOf(skeleton.model, i);
    const cost = skeleton.cost[i] ?? null;
    if (model === '' && cost === null) continue;
    const sum = byModel.get(model) ?? { model, calls: 0, input: 0, output: 0, cost: null };
    sum.calls++;
    sum.input += skeleton.inputUsage[i] ?? 0;
    sum.output += skeleton.outputUsage[i] ?? 0;
    if (cost !== null) sum.cost = (sum.cost ?? 0) + cost;
    byModel.set(model, sum);
  }
  return [...byModel.values()].sort((a, b) => (b.cost ?? -1) - (a.cost ?? -1));
}
