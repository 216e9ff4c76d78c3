import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../../api/live.ts';
import { newestTraces, tracesQuery, type TraceQuestion, type TraceRow } from '../../api/traces.ts';
import { arrivalOf, merged } from '../../model/merge.ts';

type Pages = InfiniteData<{ rows: TraceRow[]; cursor: string | null }, string | null>;

const NEWEST = 50;
/** Live updates are gathered this long, so that a busy project costs one request, not hundreds. */
const GATHER_MILLIS = 500;

/**
 * The rows of a question, growing at the top while `live`. What arrives while `away` (scrolled, or a row is chosen) waits in
 * `fresh` until it is shown; rows that are there change where they stand.
 */
export function useTraceList(projectId: string, question: TraceQuestion, live: boolean, away: boolean) {
  const client = useQueryClient();
  const options = tracesQuery(projectId, question);
  const query = useInfiniteQuery(options);
  const [fresh, setFresh] = useState<TraceRow[]>([]);
  const latest = useRef({ away, fresh, options });
  useEffect(() => {
    latest.current = { away, fresh, options };
  });
  const identity = JSON.stringify(options.queryKey);
  useEffect(() => setFresh([]), [identity]);

  const update = async () => {
    const { options: asked, away: hold } = latest.current;
    const newest = await newestTraces(projectId, question, NEWEST);
    const data = client.getQueryData<Pages>(asked.queryKey);
    if (!data || JSON.stringify(latest.current.options.queryKey) !== JSON.stringify(asked.queryKey)) return;
    const arrival = arrivalOf(data.pages, newest.rows);
    if (arrival.fresh.length === NEWEST) return void client.invalidateQueries({ queryKey: asked.queryKey });
    client.setQueryData<Pages>(asked.queryKey, { ...data, pages: merged(data.pages, hold ? { ...arrival, fresh: [] } : arrival) });
    setFresh(hold ? arrival.fresh : []);
  };
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const gather = () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      // A failed look for news is not news: the next event looks again, and the list's own request reports trouble.
      update().catch(() => undefined);
    }, GATHER_MILLIS);
  };
  useLive(projectId, live, gather);

  const showFresh = () => {
    const data = client.getQueryData<Pages>(options.queryKey);
    if (data) client.setQueryData<Pages>(options.queryKey, { ...data, pages: merged(data.pages, { updated: new Map(), fresh }) });
    setFresh([]);
  };
  return { query, rows: query.data?.pages.flatMap((page) => page.rows) ?? [], fresh: fresh.length, showFresh };
}
