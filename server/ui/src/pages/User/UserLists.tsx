import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { GroupRow } from '../../api/groups.ts';
import { tracesQuery, type TraceQuestion, type TraceRow } from '../../api/traces.ts';
import { sessionColumns } from '../Groups/columns.tsx';
import { useGroupList } from '../Groups/useGroupList.ts';
import { useDensity } from '../List/density.ts';
import { EmptyRows } from '../List/EmptyRows.tsx';
import { ListView } from '../List/ListView.tsx';
import { traceColumns } from '../Traces/columns.tsx';

interface Props {
  projectId: string;
  question: TraceQuestion;
  ask: (next: { range?: string | undefined; from?: string | undefined; to?: string | undefined }) => void;
}

const OWN = new Set(['user']);

/** The traces of a question that another page asks. */
export function TracesOf({ projectId, question, ask }: Props) {
  const navigate = useNavigate();
  const { lines } = useDensity();
  const query = useInfiniteQuery(tracesQuery(projectId, question));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const columns = useMemo(() => traceColumns(projectId, rows, lines).filter((column) => !OWN.has(column.key)), [projectId, rows, lines]);
  return (
    <ListView
      label="Traces"
      queryKey={['traces', projectId, question]}
      query={query}
      rows={rows}
      columns={columns}
      total={null}
      rowKey={(row: TraceRow) => row.id}
      open={(row) => void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: row.id } })}
      q=""
      empty={<Nothing noun="traces" question={question} ask={ask} />}
    />
  );
}

/** The sessions of a question that another page asks. */
export function SessionsOf({ projectId, question, ask }: Props) {
  const navigate = useNavigate();
  const { lines } = useDensity();
  const list = useGroupList(projectId, 'sessions', question, () => undefined);
  const columns = useMemo(() => sessionColumns(projectId, list.rows, lines).filter((column) => column.key !== 'users'), [projectId, list.rows, lines]);
  return (
    <ListView
      {...list}
      sorting={undefined}
      sortBy={undefined}
      label="Sessions"
      queryKey={['sessions', projectId, question]}
      columns={columns}
      rowKey={(row: GroupRow) => row.id}
      open={(row) => void navigate({ to: '/project/$projectId/sessions/$sessionId', params: { projectId, sessionId: row.id } })}
      q=""
      empty={<Nothing noun="sessions" question={question} ask={ask} />}
    />
  );
}

function Nothing({ noun, question, ask }: { noun: string; question: TraceQuestion; ask: Props['ask'] }) {
  return (
    <EmptyRows noun={noun} q="" question={question} ask={ask}>
      <p>None of this user’s {noun} lie in that time.</p>
    </EmptyRows>
  );
}
