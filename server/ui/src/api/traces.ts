import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Skeleton } from '../model/skeleton.ts';
import { bounds, type TimeRange } from '../model/time.ts';
import type { Millis, Usd } from '../model/units.ts';
import { get, projectPath, queryString } from './http.ts';

export interface TraceRow {
  id: string;
  timestamp: string;
  name: string | null;
  userId: string | null;
  sessionId: string | null;
  release: string | null;
  version: string | null;
  environment: string | null;
  tags: string[];
  level: string | null;
  bookmarked: boolean;
  public: boolean;
  latencyMs: Millis | null;
  /** Whether some observation has not ended; lists do not know. */
  running?: boolean;
  observationCount: number;
  errorCount: number;
  warningCount: number;
  inputUsage: number;
  outputUsage: number;
  totalUsage: number;
  cost: Usd | null;
  scores: Record<string, number | string>;
  inputPreview: string | null;
  outputPreview: string | null;
}

export interface Score {
  id: string;
  name: string;
  dataType: string;
  value: number | null;
  stringValue: string | null;
  comment: string | null;
  source: string;
  observationId: string | null;
  timestamp: string;
}

/** A trace with its own payloads; `scores` here are whole, not by name. */
export interface TraceDetail extends Omit<TraceRow, 'scores'> {
  input: string | null;
  output: string | null;
  metadata: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  scores: Score[];
}

/** What a list of traces asks for, as the address holds it. */
export interface TraceQuestion extends TimeRange {
  q?: string | undefined;
}

const PAGE = 100;

export function tracesQuery(projectId: string, question: TraceQuestion) {
  return infiniteQueryOptions({
    queryKey: ['traces', projectId, question],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) => {
      const asked = { q: question.q, ...bounds(question, Date.now()), limit: PAGE, cursor: pageParam, order: 'timestamp.desc' };
      return get<{ rows: TraceRow[]; cursor: string | null }>(projectPath(projectId, 'traces') + queryString(asked), signal);
    },
    getNextPageParam: (last) => last.cursor,
  });
}

/** The newest rows of a question, for finding out what has arrived since. */
export function newestTraces(projectId: string, question: TraceQuestion, limit: number): Promise<{ rows: TraceRow[] }> {
  const asked = { q: question.q, ...bounds(question, Date.now()), limit, order: 'timestamp.desc' };
  return get(projectPath(projectId, 'traces') + queryString(asked));
}

export function traceCountQuery(projectId: string, question: TraceQuestion) {
  return queryOptions({
    queryKey: ['traces-count', projectId, question],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<{ count: number }>(projectPath(projectId, 'traces', 'count') + queryString({ q: question.q, ...bounds(question, Date.now()) }), signal),
  });
}

export function traceQuery(projectId: string, traceId: string) {
  return queryOptions({
    queryKey: ['trace', projectId, traceId],
    queryFn: async ({ signal }) => (await get<{ trace: TraceDetail }>(projectPath(projectId, 'traces', traceId), signal)).trace,
  });
}

export function skeletonQuery(projectId: string, traceId: string) {
  return queryOptions({
    queryKey: ['skeleton', projectId, traceId],
    // A new answer replaces the old one whole: comparing ten thousand rows would cost more than it saves.
    structuralSharing: false,
    queryFn: ({ signal }) => get<Skeleton>(projectPath(projectId, 'traces', traceId, 'skeleton'), signal),
  });
}

/** The project, among one's own, that a trace was received in. */
export async function projectOfTrace(traceId: string): Promise<string> {
  return (await get<{ projectId: string }>(`/traces/${encodeURIComponent(traceId)}`)).projectId;
}
