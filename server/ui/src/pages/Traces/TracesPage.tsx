import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ApiError } from '../../api/http.ts';
import { facetsQuery } from '../../api/facets.ts';
import { traceCountQuery, type TraceQuestion, type TraceRow } from '../../api/traces.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { FacetPanel } from '../../components/FacetPanel.tsx';
import type { FilterError } from '../../components/FilterBar.tsx';
import { useKeys } from '../../components/keys.ts';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { Failure } from '../../components/State.tsx';
import { added, toggled } from '../../model/filter.ts';
import { plural } from '../../model/figures.ts';
import { LiveSwitch, PageHeader, useLiveSwitch } from '../Shell/PageHeader.tsx';
import { traceColumns } from './columns.tsx';
import { EmptyList } from './EmptyList.tsx';
import { FilterMistake } from './FilterMistake.tsx';
import { LoadingRows } from './LoadingRows.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useTraceList } from './useTraceList.ts';
import styles from './traces.module.css';

export const DENSITIES: Record<string, { height: number; lines: number; next: string }> = {
  S: { height: 28, lines: 1, next: 'M' },
  M: { height: 64, lines: 3, next: 'L' },
  L: { height: 160, lines: 8, next: 'S' },
};
const TITLES = [['env', 'Environment'], ['level', 'Level'], ['name', 'Name'], ['user', 'User'], ['session', 'Session'], ['tag', 'Tag']] as const;

/** The traces of a project, newest first, under a filter that lives in the address. */
export function TracesPage() {
  const { projectId } = useParams({ from: '/project/$projectId/traces' });
  const question: TraceQuestion = useSearch({ from: '/project/$projectId/traces' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const density = usePreference('density', 'S');
  const { height, lines } = DENSITIES[density] ?? DENSITIES['S']!;
  const facetsOpen = usePreference('facets', 'open') === 'open';
  const live = useLiveSwitch();
  const [selected, setSelected] = useState(-1);
  const [scrolled, setScrolled] = useState(false);
  const { query, rows, fresh, showFresh } = useTraceList(projectId, question, live, scrolled || selected >= 0);
  const facets = useQuery({ ...facetsQuery(projectId, question), enabled: query.isSuccess });
  const total = useQuery({ ...traceCountQuery(projectId, question), enabled: query.isSuccess });
  const error = useMemo(() => filterError(query.error), [query.error]);
  const columns = useMemo(() => traceColumns(projectId, rows, lines), [projectId, rows, lines]);

  const ask = (next: TraceQuestion) => {
    setSelected(-1);
    void navigate({ to: '/project/$projectId/traces', params: { projectId }, search: { ...question, ...next } });
  };
  const open = (row: TraceRow) => void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: row.id } });
  const move = (step: number) => setSelected((at) => Math.max(0, Math.min(rows.length - 1, at + step)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => rows[selected] && open(rows[selected]),
    Escape: () => setSelected(-1),
    f: () => setPreference('facets', facetsOpen ? 'folded' : 'open'),
    'shift+d': () => setPreference('density', DENSITIES[density]?.next ?? 'S'),
  });
  const q = question.q ?? '';
  const failed = query.error && !error ? query.error : null;
  return (
    <>
      <PageHeader title="Tracing">
        <span className={styles.count} role="status">
          {total.data && !error ? plural(total.data.count, 'trace') : ''}
        </span>
        <LiveSwitch />
      </PageHeader>
      <main className={styles.page}>
        <Toolbar question={question} ask={ask} error={error} facets={facets.data} />
        <div className={styles.body}>
          {facetsOpen && !error && rows.length + q.length > 0 && (
            <FacetPanel
              facets={TITLES.map(([field, title]) => ({ field, title, values: facets.data?.[field] }))}
              q={q}
              toggle={(key, value) => ask({ q: toggled(q, key, value) })}
            />
          )}
          <div className={styles.list}>
            {fresh > 0 && (
              <button type="button" className={styles.fresh} onClick={() => { setSelected(-1); showFresh(); document.querySelector('[role=grid]')?.scrollTo({ top: 0 }); }}>
                {fresh} new
              </button>
            )}
            {failed ? (
              <Failure error={failed} retry={() => void query.refetch()} />
            ) : query.isPending || (query.isPlaceholderData && rows.length === 0) ? (
              <LoadingRows cancel={() => void client.cancelQueries({ queryKey: ['traces', projectId] })} />
            ) : error ? (
              <FilterMistake q={q} error={error} />
            ) : rows.length === 0 ? (
              <EmptyList projectId={projectId} question={question} ask={ask} />
            ) : (
              <DataTable
                label="Traces"
                columns={columns}
                rows={rows}
                total={total.data?.count ?? null}
                rowKey={(row) => row.id}
                rowHeight={height}
                selected={selected}
                select={setSelected}
                open={open}
                filterFor={(key, value) => ask({ q: added(q, key, value) })}
                more={query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : null}
                scrolled={(top) => setScrolled(top > height)}
              />
            )}
          </div>
        </div>
      </main>
    </>
  );
}

/** A filter the server did not understand; null for other failures. */
function filterError(error: unknown): FilterError | null {
  if (!(error instanceof ApiError) || error.status !== 400 || error.code !== 'InvalidFilter') return null;
  const { position, length, suggestion } = error.body;
  return {
    message: error.message,
    position: typeof position === 'number' ? position : 0,
    length: typeof length === 'number' ? length : 1,
    suggestion: typeof suggestion === 'string' ? suggestion : null,
  };
}
