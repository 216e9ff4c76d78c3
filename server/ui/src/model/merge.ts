interface Stamped {
  id: string;
  timestamp: string;
}

interface Page<R> {
  rows: R[];
  cursor: string | null;
}

/** What the newest rows change in a list: rows that were there, as they are now, and rows that were not. */
export interface Arrival<R> {
  updated: Map<string, R>;
  fresh: R[];
}

export function arrivalOf<R extends Stamped>(pages: readonly Page<R>[], newest: readonly R[]): Arrival<R> {
  const there = new Set(pages.flatMap((page) => page.rows.map((row) => row.id)));
  return {
    updated: new Map(newest.filter((row) => there.has(row.id)).map((row) => [row.id, row])),
    fresh: newest.filter((row) => !there.has(row.id)),
  };
}

/** The pages with rows replaced where they stand, and fresh ones on top, newest first. */
export function merged<R extends Stamped>(pages: readonly Page<R>[], arrival: Arrival<R>): Page<R>[] {
  return pages.map((page, i) => {
    const rows = page.rows.map((row) => arrival.updated.get(row.id) ?? row);
    if (i > 0 || arrival.fresh.length === 0) return { ...page, rows };
    const all = [...arrival.fresh, ...rows];
    return { ...page, rows: all.sort((a, b) => (a.timestamp === b.timestamp ? 0 : a.timestamp < b.timestamp ? 1 : -1)) };
  });
}
