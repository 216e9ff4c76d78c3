import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { DEFAULT_SORT, groupCountQuery, groupsQuery, type GroupKind, type GroupQuestion } from '../../api/groups.ts';
import { orderOf, resorted } from '../../model/sorting.ts';
import { filterError } from '../List/filterError.ts';

/** A list of sessions or users: its rows, how many there are, and its order. */
export function useGroupList(projectId: string, kind: GroupKind, question: GroupQuestion, ask: (next: GroupQuestion) => void) {
  const query = useInfiniteQuery(groupsQuery(projectId, kind, question));
  const total = useQuery({ ...groupCountQuery(projectId, kind, question), enabled: query.isSuccess });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const mistake = useMemo(() => filterError(query.error), [query.error]);
  const sort = question.sort ?? DEFAULT_SORT;
  const sortBy = (key: string) => {
    const next = resorted(sort, key);
    ask({ sort: next === DEFAULT_SORT ? undefined : next });
  };
  return { query, rows, mistake, total: total.data?.count ?? null, sorting: orderOf(sort), sortBy };
}
