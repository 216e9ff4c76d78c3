/** The order of a list as the address holds it: `cost.desc`. */
export interface Order {
  key: string;
  descending: boolean;
}

export function orderOf(sort: string): Order {
  const [key = '', direction] = sort.split('.');
  return { key, descending: direction !== 'asc' };
}

/** The order after a click on a column: largest first, then smallest first. */
export function resorted(sort: string, key: string): string {
  const now = orderOf(sort);
  return `${key}.${now.key === key && now.descending ? 'asc' : 'desc'}`;
}
