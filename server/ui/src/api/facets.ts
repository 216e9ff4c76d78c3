import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { bounds } from '../model/time.ts';
import { get, projectPath, queryString } from './http.ts';
import type { TraceQuestion } from './traces.ts';

export type Facets = Record<string, { value: string; count: number }[]>;

export const FACET_FIELDS = ['env', 'level', 'name', 'user', 'session', 'tag'] as const;

/** Values with counts under a filter. */
export function facetsQuery(projectId: string, question: TraceQuestion, fields: readonly string[] = FACET_FIELDS) {
  return queryOptions({
    queryKey: ['facets', projectId, question, fields.join()],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = { q: question.q, ...bounds(question, Date.now()), fields: fields.join(','), limit: 20 };
      return (await get<{ facets: Facets }>(projectPath(projectId, 'facets') + queryString(asked), signal)).facets;
    },
  });
}
