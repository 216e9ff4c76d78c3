import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { GroupQuestion, GroupRow } from '../../api/groups.ts';
import { plural } from '../../model/figures.ts';
import { useDensity } from '../List/density.ts';
import { EmptyRows } from '../List/EmptyRows.tsx';
import styles from '../List/list.module.css';
import { ListView } from '../List/ListView.tsx';
import { Toolbar } from '../List/Toolbar.tsx';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { sessionColumns } from './columns.tsx';
import { useGroupList } from './useGroupList.ts';

/** The sessions of a project, what was active last first. The filter selects traces: figures are of those. */
export function SessionsPage() {
  const { projectId } = useParams({ from: '/project/$projectId/sessions' });
  const question: GroupQuestion = useSearch({ from: '/project/$projectId/sessions' });
  const navigate = useNavigate();
  const ask = (next: GroupQuestion) => void navigate({ to: '/project/$projectId/sessions', params: { projectId }, search: { ...question, ...next } });
  const { lines } = useDensity();
  const list = useGroupList(projectId, 'sessions', question, ask);
  const columns = useMemo(() => sessionColumns(projectId, list.rows, lines), [projectId, list.rows, lines]);
  const q = question.q ?? '';
  return (
    <>
      <PageHeader title="Sessions">
        <span className={styles.count} role="status">
          {list.total !== null && !list.mistake ? plural(list.total, 'session') : ''}
        </span>
      </PageHeader>
      <main className={styles.page}>
        <Toolbar question={question} ask={ask} error={list.mistake} placeholder="Sessions with traces like: user:ada level:ERROR cost:>0.01, or any words" />
        <div className={styles.body}>
          <ListView
            {...list}
            label="Sessions"
            queryKey={['sessions', projectId, question]}
            columns={columns}
            rowKey={(row: GroupRow) => row.id}
            open={(row) => void navigate({ to: '/project/$projectId/sessions/$sessionId', params: { projectId, sessionId: row.id } })}
            q={q}
            filter={(next) => ask({ q: next })}
            empty={
              <EmptyRows noun="sessions" q={q} question={question} ask={ask}>
                <p>
                  Traces that name the same session are shown together, as one conversation. Set it where a trace begins: <code>session.id</code> in
                  OpenTelemetry, <code>session_id</code> in Python, <code>Sonde.trace().sessionId(…)</code> in Java.
                </p>
              </EmptyRows>
            }
          />
        </div>
      </main>
    </>
  );
}
