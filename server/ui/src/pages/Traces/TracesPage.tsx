import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { facetsQuery } from '../../api/facets.ts';
import { traceCountQuery, type TraceQuestion, type TraceRow } from '../../api/traces.ts';
import { FacetPanel } from '../../components/FacetPanel.tsx';
import { useKeys } from '../../components/keys.ts';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { toggled } from '../../model/filter.ts';
import { plural } from '../../model/figures.ts';
import { LiveSwitch, PageHeader, useLiveSwitch } from '../Shell/PageHeader.tsx';
import { traceColumns } from './columns.tsx';
import { EmptyList } from './EmptyList.tsx';
import { useDensity } from '../List/density.ts';
import { filterError } from '../List/filterError.ts';
import { ListView } from '../List/ListView.tsx';
import { Toolbar } from '../List/Toolbar.tsx';
import { useTraceList } from './useTraceList.ts';
import styles from '../List/list.module.css';

const TITLES = [['env', 'Environment'], ['level', 'Level'], ['name', 'Name'], ['user', 'User'], ['session', 'Session'], ['tag', 'Tag']] as const;

/** The traces of a project, newest first, under a filter that lives in the address. */
export function TracesPage() {
  const { projectId } = useParams({ from: '/project/$projectId/traces' });
  const question: TraceQuestion = useSearch({ from: '/project/$projectId/traces' });
  const navigate = useNavigate();
  const { lines } = useDensity();
  const facetsOpen = usePreference('facets', 'open') === 'open';
  const live = useLiveSwitch();
  const [away, setAway] = useState(false);
  const { query, rows, fresh, showFresh } = useTraceList(projectId, question, live, away);
  const facets = useQuery({ ...facetsQuery(projectId, question), enabled: query.isSuccess });
  const total = useQuery({ ...traceCountQuery(projectId, question), enabled: query.isSuccess });
  const error = useMemo(() => filterError(query.error), [query.error]);
  const columns = useMemo(() => traceColumns(projectId, rows, lines), [projectId, rows, lines]);

  const ask = (next: TraceQuestion) => void navigate({ to: '/project/$projectId/traces', params: { projectId }, search: { ...question, ...next } });
  const open = (row: TraceRow) => void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: row.id } });
  useKeys({ f: () => setPreference('facets', facetsOpen ? 'folded' : 'open') });
  const q = question.q ?? '';
  return (
    <>
      <PageHeader title="Tracing">
        <span className={styles.count} role="status">
          {total.data && !error ? plural(total.data.count, 'trace') : ''}
        </span>
        <LiveSwitch />
      </PageHeader>
      <main className={styles.page}>
        <Toolbar question={question} ask={ask} error={error} facets={{ values: facets.data }} placeholder="Filter: user:ada level:ERROR latency:>2s, or any words" />
        <div className={styles.body}>
          {facetsOpen && !error && rows.length + q.length > 0 && (
            <FacetPanel
              facets={TITLES.map(([field, title]) => ({ field, title, values: facets.data?.[field] }))}
              q={q}
              toggle={(key, value) => ask({ q: toggled(q, key, value) })}
            />
          )}
          <ListView
            label="Traces"
            queryKey={['traces', projectId, question]}
            query={query}
            rows={rows}
            columns={columns}
            total={total.data?.count ?? null}
            rowKey={(row) => row.id}
            open={open}
            q={q}
            filter={(next) => ask({ q: next })}
            mistake={error}
            empty={<EmptyList projectId={projectId} question={question} ask={ask} />}
            fresh={{ count: fresh, show: showFresh }}
            away={setAway}
          />
        </div>
      </main>
    </>
  );
}
