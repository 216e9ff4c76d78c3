import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { sessionOfTracesQuery, turnsQuery } from '../../api/groups.ts';
import { ApiError } from '../../api/http.ts';
import { useLive } from '../../api/live.ts';
import { copyText } from '../../components/CopyButton.tsx';
import { useKeys } from '../../components/keys.ts';
import { Failure, State } from '../../components/State.tsx';
import { threadOf } from '../../model/thread.ts';
import styles from '../List/list.module.css';
import { LoadingRows } from '../List/LoadingRows.tsx';
import { LiveSwitch, PageHeader, useLiveSwitch } from '../Shell/PageHeader.tsx';
import { SessionFigures } from './SessionFigures.tsx';
import { Thread } from './Thread.tsx';

/** Live updates are gathered this long. */
const GATHER_MILLIS = 500;

/** One session as a conversation: each trace is a turn, with the pauses between them. */
export function SessionPage() {
  const { projectId, sessionId } = useParams({ from: '/project/$projectId/sessions/$sessionId' });
  const client = useQueryClient();
  const session = useQuery(sessionOfTracesQuery(projectId, sessionId));
  const turns = useInfiniteQuery(turnsQuery(projectId, sessionId));
  const rows = useMemo(() => turns.data?.pages.flatMap((page) => page.rows) ?? [], [turns.data]);
  const items = useMemo(() => threadOf(rows), [rows]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(projectId, useLiveSwitch(), () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['session-of-traces', projectId, sessionId] });
      void client.invalidateQueries({ queryKey: ['turns', projectId, sessionId] });
    }, GATHER_MILLIS);
  });
  useKeys({ y: () => void copyText(window.location.href), 'shift+y': () => void copyText(sessionId) });
  const failure = session.error ?? turns.error;
  const retry = () => {
    void session.refetch();
    void turns.refetch();
  };
  return (
    <>
      <PageHeader crumbs={[<Link to="/project/$projectId/sessions" params={{ projectId }} key="sessions">Sessions</Link>]} title={sessionId}>
        <LiveSwitch />
      </PageHeader>
      <main className={styles.page}>
        {failure instanceof ApiError && failure.status === 404 ? (
          <State title="This session is not here" actions={<Link to="/project/$projectId/sessions" params={{ projectId }}>All sessions</Link>}>
            <p>
              No trace of this project names the session <code>{sessionId}</code>. It may belong to another project, or its traces are still on their way.
            </p>
          </State>
        ) : failure ? (
          <Failure error={failure} retry={retry} />
        ) : turns.isPending ? (
          <LoadingRows cancel={() => void client.cancelQueries({ queryKey: ['turns', projectId] })} />
        ) : (
          <>
            {session.data && <SessionFigures projectId={projectId} session={session.data.session} scores={session.data.scores} />}
            <Thread
              projectId={projectId}
              items={items}
              total={session.data?.session.traces ?? rows.length}
              more={turns.hasNextPage && !turns.isFetching ? () => void turns.fetchNextPage() : null}
            />
          </>
        )}
      </main>
    </>
  );
}
