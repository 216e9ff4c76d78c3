import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Bucket } from '../model/series.ts';
import { bounds, type TimeRange } from '../model/time.ts';
import type { Millis, Usd } from '../model/units.ts';
import { get, projectPath, queryString } from './http.ts';
import type { Score, TraceQuestion, TraceRow } from './traces.ts';

export type GroupKind = 'sessions' | 'users';

/** The traces of one session or one user, summed up. Figures are of the traces a question selects. */
export interface GroupRow {
  id: string;
  traces: number;
  /** Traces with at least one error. */
  failed: number;
  firstSeen: string;
  lastSeen: string;
  durationMs: Millis;
  inputUsage: number;
  outputUsage: number;
  totalUsage: number;
  cost: Usd | null;
  users: number;
  userIds: string[];
  sessions: number;
  /** Means of numeric scores. */
  scores: Record<string, number>;
  /** Of sessions: what was said first and last. */
  firstInput?: string | null;
  lastOutput?: string | null;
}

/** What a list of groups asks for, as the address holds it; `sort` is a column and a direction, as `cost.desc`. */
export interface GroupQuestion extends TraceQuestion {
  sort?: string | undefined;
}

const PAGE = 100;
export const DEFAULT_SORT = 'last.desc';

export function groupsQuery(projectId: string, kind: GroupKind, question: GroupQuestion) {
  return infiniteQueryOptions({
    queryKey: [kind, projectId, question],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) => {
      const asked = { q: question.q, ...bounds(question, Date.now()), limit: PAGE, cursor: pageParam, order: question.sort ?? DEFAULT_SORT };
      return get<{ rows: GroupRow[]; cursor: string | null }>(projectPath(projectId, kind) + queryString(asked), signal);
    },
    getNextPageParam: (last) => last.cursor,
  });
}

export function groupCountQuery(projectId: string, kind: GroupKind, question: TraceQuestion) {
  return queryOptions({
    queryKey: [`${kind}-count`, projectId, question.q, question.range, question.from, question.to],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<{ count: number }>(projectPath(projectId, kind, 'count') + queryString({ q: question.q, ...bounds(question, Date.now()) }), signal),
  });
}

/** A session over all time, with the scores that were given to it as a whole. */
export function sessionOfTracesQuery(projectId: string, sessionId: string) {
  return queryOptions({
    queryKey: ['session-of-traces', projectId, sessionId],
    queryFn: ({ signal }) => get<{ session: GroupRow; scores: Score[] }>(projectPath(projectId, 'session', sessionId), signal),
  });
}

/** A trace of a session with what it was asked and what it answered, both cut when very long. */
export interface Turn extends TraceRow {
  input: string | null;
  inputLength: number;
  output: string | null;
  outputLength: number;
}

const TURNS = 50;

export function turnsQuery(projectId: string, sessionId: string) {
  return infiniteQueryOptions({
    queryKey: ['turns', projectId, sessionId],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) =>
      get<{ rows: Turn[]; cursor: string | null }>(projectPath(projectId, 'session', sessionId, 'turns') + queryString({ limit: TURNS, cursor: pageParam }), signal),
    getNextPageParam: (last) => last.cursor,
  });
}

export function userQuery(projectId: string, userId: string, range: TimeRange) {
  return queryOptions({
    queryKey: ['user', projectId, userId, range.range, range.from, range.to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await get<{ user: GroupRow }>(projectPath(projectId, 'user', userId) + queryString({ ...bounds(range, Date.now()) }), signal)).user,
  });
}

/** The traces of a question by time, in spans of so many seconds. */
export function seriesQuery(projectId: string, question: TraceQuestion, seconds: number) {
  return queryOptions({
    queryKey: ['series', projectId, question.q, question.range, question.from, question.to, seconds],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asked = { q: question.q, ...bounds(question, Date.now()), seconds };
      return (await get<{ buckets: Bucket[] }>(projectPath(projectId, 'series') + queryString(asked), signal)).buckets;
    },
  });
}
