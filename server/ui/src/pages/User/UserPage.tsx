import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { seriesQuery, userQuery, type GroupRow } from '../../api/groups.ts';
import { ApiError } from '../../api/http.ts';
import { Figure, Figures } from '../../components/Figures.tsx';
import { Failure } from '../../components/State.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { added } from '../../model/filter.ts';
import { ago, cost, count, exact, exactCost, exactTime, plural } from '../../model/figures.ts';
import { scaleOf } from '../../model/series.ts';
import type { TimeRange } from '../../model/time.ts';
import { EmptyRows } from '../List/EmptyRows.tsx';
import styles from '../List/list.module.css';
import { RangeMenu } from '../List/RangeMenu.tsx';
import { PageHeader } from '../Shell/PageHeader.tsx';
import user from './user.module.css';
import { UserCharts } from './UserCharts.tsx';
import { SessionsOf, TracesOf } from './UserLists.tsx';

/** One user: what they did, what it cost, what failed, and how it was judged. */
export function UserPage() {
  const { projectId, userId } = useParams({ from: '/project/$projectId/users/$userId' });
  const search = useSearch({ from: '/project/$projectId/users/$userId' });
  const navigate = useNavigate();
  const range: TimeRange = { range: search.range, from: search.from, to: search.to };
  const show = (next: typeof search) => void navigate({ to: '/project/$projectId/users/$userId', params: { projectId, userId }, search: { ...search, ...next } });
  const question = { ...range, q: added('', 'user', userId) };
  const group = useQuery(userQuery(projectId, userId, range));
  const scale = scaleOf(range, Date.parse(group.data?.firstSeen ?? '') || Date.now(), Date.now());
  const series = useQuery({ ...seriesQuery(projectId, question, scale.seconds), enabled: group.data !== undefined });
  const view = search.view === 'sessions' ? 'sessions' : 'traces';
  const missing = group.error instanceof ApiError && group.error.status === 404;
  return (
    <>
      <PageHeader crumbs={[<Link to="/project/$projectId/users" params={{ projectId }} search={range} key="users">Users</Link>]} title={userId}>
        <RangeMenu question={range} ask={show} />
      </PageHeader>
      <main className={styles.page}>
        {missing ? (
          <EmptyRows noun={`traces of ${userId}`} q="" question={range} ask={show}>
            <p>No trace of this project names this user in that time.</p>
          </EmptyRows>
        ) : group.error ? (
          <Failure error={group.error} retry={() => void group.refetch()} />
        ) : (
          <>
            {group.data && <UserFigures group={group.data} />}
            {group.data && <UserCharts buckets={series.data} priced={group.data.cost !== null} scale={scale} narrow={show} />}
            <Tabs
              label="Of this user"
              tabs={[
                { key: 'traces', label: 'Traces', badge: group.data && exact(group.data.traces) },
                { key: 'sessions', label: 'Sessions', badge: group.data && exact(group.data.sessions) },
              ]}
              chosen={view}
              choose={(key) => show({ view: key === 'traces' ? undefined : key })}
            />
            <div role="tabpanel" id={`tabpanel-${view}`} aria-labelledby={`tab-${view}`} className={user.panel}>
              {view === 'traces' ? <TracesOf projectId={projectId} question={question} ask={show} /> : <SessionsOf projectId={projectId} question={question} ask={show} />}
            </div>
          </>
        )}
      </main>
    </>
  );
}

function UserFigures({ group }: { group: GroupRow }) {
  const now = Date.now();
  const seen = (iso: string) => ({ value: ago(Date.parse(iso), now), title: exactTime(Date.parse(iso)) });
  const rate = Math.round((1000 * group.failed) / group.traces) / 10;
  return (
    <Figures>
      <Figure name="Traces" value={count(group.traces)} title={plural(group.traces, 'trace')} />
      <Figure name="Sessions" value={count(group.sessions)} title={plural(group.sessions, 'session')} />
      <Figure name="Failed" value={`${rate} %`} bad={group.failed > 0} title={`${exact(group.failed)} of ${plural(group.traces, 'trace')} with an error`} />
      <Figure name="Cost" value={cost(group.cost)} title={exactCost(group.cost)} />
      <Figure name="Tokens" value={group.totalUsage === 0 ? '–' : count(group.totalUsage)} title={`${exact(group.inputUsage)} in, ${exact(group.outputUsage)} out`} />
      <Figure name="First seen" {...seen(group.firstSeen)} />
      <Figure name="Last seen" {...seen(group.lastSeen)} />
      {Object.entries(group.scores).map(([name, value]) => (
        <Figure key={name} name={`mean ${name}`} value={Number(value.toFixed(3))} title="mean over the traces that have this score" />
      ))}
    </Figures>
  );
}
