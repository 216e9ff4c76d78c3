import type { Millis } from './units.ts';

/** The part of a turn that says when it was. */
export interface Timed {
  timestamp: string;
  latencyMs: Millis | null;
}

/** A line of a session: a turn with its number from 1, or the pause before it. */
export type ThreadItem<T> = { kind: 'turn'; turn: T; number: number } | { kind: 'gap'; millis: Millis; before: number };

/** Shorter pauses are just a person reading. */
export const SHORTEST_GAP: Millis = 60_000;

/** The turns of a session, oldest first, with the pauses in which nobody did anything. */
export function threadOf<T extends Timed>(turns: readonly T[]): ThreadItem<T>[] {
  const items: ThreadItem<T>[] = [];
  let idleSince = Number.POSITIVE_INFINITY;
  turns.forEach((turn, i) => {
    const start = Date.parse(turn.timestamp);
    if (start - idleSince >= SHORTEST_GAP) items.push({ kind: 'gap', millis: start - idleSince, before: i + 1 });
    items.push({ kind: 'turn', turn, number: i + 1 });
    const end = start + (turn.latencyMs ?? 0);
    // Turns may overlap: the pause begins when the last of them has ended.
    idleSince = idleSince === Number.POSITIVE_INFINITY ? end : Math.max(idleSince, end);
  });
  return items;
}
