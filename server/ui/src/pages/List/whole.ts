import type { ListQuery } from './ListView.tsx';

type Whole = Pick<ListQuery, 'error' | 'isPending' | 'isPlaceholderData' | 'isFetching' | 'refetch'>;

/** A query that answers all rows at once, as a list wants it. */
export function wholeList({ error, isPending, isPlaceholderData, isFetching, refetch }: Whole): ListQuery {
  return { error, isPending, isPlaceholderData, isFetching, refetch, hasNextPage: false, fetchNextPage: () => undefined };
}
