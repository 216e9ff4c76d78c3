import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { GroupQuestion, GroupRow } from '../../api/groups.ts';
import { plural } from '../../model/figures.ts';
import { EmptyRows } from '../List/EmptyRows.tsx';
import styles from '../List/list.module.css';
import { ListView } from '../List/ListView.tsx';
import { Toolbar } from '../List/Toolbar.tsx';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { userColumns } from './columns.tsx';
import { useGroupList } from './useGroupList.ts';

/** The users of a project with what they cost and what failed for them. The filter selects traces: figures are of those. */
export function UsersPage() {
  const { projectId } = useParams({ from: '/project/$projectId/users' });
  const question: GroupQuestion = useSearch({ from: '/project/$projectId/users' });
  const navigate = useNavigate();
  const ask = (next: GroupQuestion) => void navigate({ to: '/project/$projectId/users', params: { projectId }, search: { ...question, ...next } });
  const list = useGroupList(projectId, 'users', question, ask);
  const columns = useMemo(() => userColumns(projectId, list.rows), [projectId, list.rows]);
  const q = question.q ?? '';
  return (
    <>
      <PageHeader title="Users">
        <span className={styles.count} role="status">
          {list.total !== null && !list.mistake ? plural(list.total, 'user') : ''}
        </span>
      </PageHeader>
      <main className={styles.page}>
        <Toolbar question={question} ask={ask} error={list.mistake} placeholder="Users with traces like: env:production level:ERROR, or any words" />
        <div className={styles.body}>
          <ListView
            {...list}
            label="Users"
            queryKey={['users', projectId, question]}
            columns={columns}
            rowKey={(row: GroupRow) => row.id}
            open={(row) => void navigate({ to: '/project/$projectId/users/$userId', params: { projectId, userId: row.id }, search: rangeOf(question) })}
            q={q}
            filter={(next) => ask({ q: next })}
            empty={
              <EmptyRows noun="users" q={q} question={question} ask={ask}>
                <p>
                  A trace that names a user counts for them. Set it where a trace begins: <code>user.id</code> in OpenTelemetry, <code>user_id</code> in
                  Python, <code>Sonde.trace().userId(…)</code> in Java.
                </p>
              </EmptyRows>
            }
          />
        </div>
      </main>
    </>
  );
}

function rangeOf({ range, from, to }: GroupQuestion) {
  return { range, from, to };
}
