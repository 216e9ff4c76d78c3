import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../../api/http.ts';
import { useLive } from '../../api/live.ts';
import { skeletonQuery, traceQuery } from '../../api/traces.ts';
import { copyText } from '../../components/CopyButton.tsx';
import { useKeys } from '../../components/keys.ts';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { Splitter } from '../../components/Splitter.tsx';
import { Failure } from '../../components/State.tsx';
import { treeOf } from '../../model/skeleton.ts';
import { LiveSwitch, PageHeader, useLiveSwitch } from '../Shell/PageHeader.tsx';
import { DetailPane } from './DetailPane.tsx';
import { ObservationList } from './ObservationList.tsx';
import { Summary } from './Summary.tsx';
import { TraceStamp } from './TraceStamp.tsx';
import { TraceMissing } from './TraceMissing.tsx';
import styles from './trace.module.css';

const RUNNING_TICK_MILLIS = 1000;

/** One trace: what was called when, for how long, at what cost; and what was said. */
export function TracePage() {
  const { projectId, traceId } = useParams({ from: '/project/$projectId/traces/$traceId' });
  const search = useSearch({ from: '/project/$projectId/traces/$traceId' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const trace = useQuery(traceQuery(projectId, traceId));
  const skeleton = useQuery(skeletonQuery(projectId, traceId));
  const live = useLiveSwitch();
  useLive(projectId, live, (ids) => {
    if (!ids.includes(traceId)) return;
    void client.invalidateQueries({ queryKey: ['skeleton', projectId, traceId] });
    void client.invalidateQueries({ queryKey: ['trace', projectId, traceId] });
    void client.invalidateQueries({ queryKey: ['observation', projectId, traceId] });
  });
  const running = trace.data?.running ?? false;
  const now = useNow(running);
  const nowMicros = skeleton.data ? Math.max(0, now * 1000 - skeleton.data.base) : 0;
  const tree = useMemo(() => (skeleton.data ? treeOf(skeleton.data, nowMicros) : null), [skeleton.data, nowMicros]);
  const selected = useMemo(() => (search.observation && skeleton.data ? skeleton.data.id.indexOf(search.observation) : -1), [skeleton.data, search.observation]);
  const width = Number(usePreference('detail', '42'));

  const show = (next: { observation?: string | undefined; view?: string | undefined; find?: string | undefined }) =>
    void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId }, search: { ...search, ...next }, replace: true });
  useKeys({
    y: () => void copyText(window.location.href),
    'shift+y': () => void copyText(search.observation ?? traceId),
    Escape: () => show({ observation: undefined }),
  });
  const name = trace.data?.name ?? 'Trace';
  useEffect(() => {
    document.title = `${name} · Sonde`;
    return () => void (document.title = 'Sonde');
  }, [name]);
  const failure = trace.error ?? skeleton.error;
  if (failure instanceof ApiError && failure.status === 404) return <TraceMissing projectId={projectId} traceId={traceId} retry={() => { void trace.refetch(); void skeleton.refetch(); }} />;
  const crumbs = [<Link to="/project/$projectId/traces" params={{ projectId }} key="traces">Tracing</Link>];
  return (
    <>
      <PageHeader crumbs={crumbs} title={name}>
        {trace.data && <TraceStamp trace={trace.data} />}
        <LiveSwitch />
      </PageHeader>
      <main className={styles.page}>
        {failure ? (
          <Failure error={failure} retry={() => { void trace.refetch(); void skeleton.refetch(); }} />
        ) : (
          <>
            {trace.data ? <Summary projectId={projectId} trace={trace.data} tree={tree} /> : <div className={styles.summary} />}
            <div className={styles.split}>
              <div className={styles.left}>
                {tree && (
                  <ObservationList
                    tree={tree}
                    now={nowMicros}
                    selected={selected}
                    find={search.find ?? ''}
                    setFind={(find) => show({ find: find === '' ? undefined : find })}
                    openTrace={() => show({ observation: undefined, view: 'io' })}
                    select={(node) => show({ observation: node < 0 ? undefined : tree.skeleton.id[node] })}
                  />
                )}
              </div>
              <Splitter label="Width of the detail" size={width} resize={(percent) => setPreference('detail', String(percent))} />
              <section className={styles.right} style={{ width: `${width}%` }} aria-label="Detail" data-closed={selected < 0 && search.view === undefined ? '' : undefined}>
                {trace.data && tree && (
                  <DetailPane projectId={projectId} trace={trace.data} tree={tree} selected={selected} view={search.view} show={show} now={nowMicros} />
                )}
              </section>
            </div>
          </>
        )}
      </main>
    </>
  );
}

/** The time, ticking only while something runs. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), RUNNING_TICK_MILLIS);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
