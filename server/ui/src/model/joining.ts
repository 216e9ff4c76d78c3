import type { Block } from './blocks.ts';
import type { Message } from './conversation.ts';

type Call = Extract<Block, { kind: 'toolCall' }>;
type Result = Extract<Block, { kind: 'toolResult' }>;

/** A part of a message as it is shown: a call comes with the result it got later. */
export type Part = Exclude<Block, Call> | (Call & { result: Result | null });

/** A message as it is shown, with its place in the conversation. */
export interface Card {
  index: number;
  role: string;
  name: string | null;
  parts: Part[];
}

/**
 * Joins results to their calls: by id, or by name and order where there are no ids. Messages that held nothing but joined
 * results disappear.
 */
export function cardsOf(messages: readonly Message[]): Card[] {
  const results = messages.flatMap((m, at) => m.blocks.filter((b) => b.kind === 'toolResult').map((result) => ({ at, result })));
  const taken = new Set<Result>();
  const resultFor = (call: Call, at: number): Result | null => {
    const fits = (r: Result) => (call.id !== '' ? r.id === call.id : r.id === '' && (r.name === null || r.name === call.name));
    const found = results.find((r) => r.at > at && !taken.has(r.result) && fits(r.result))?.result ?? null;
    if (found) taken.add(found);
    return found;
  };
  const cards = messages.map((m, index): Card => ({
    index,
    role: m.role,
    name: m.name,
    parts: m.blocks.map((b): Part => (b.kind === 'toolCall' ? { ...b, result: resultFor(b, index) } : b)),
  }));
  return cards
    .map((card) => ({ ...card, parts: card.parts.filter((p) => p.kind !== 'toolResult' || !taken.has(p)) }))
    .filter((card, i) => card.parts.length > 0 || messages[i]!.blocks.length === 0);
}

/** The entries of a value that fits in a two-column table: an object of scalars; null for any other. */
export function flatEntries(value: unknown): [string, string][] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > 12) return null;
  return entries.every(([, v]) => typeof v !== 'object' || v === null) ? entries.map(([k, v]) => [k, String(v)]) : null;
}
