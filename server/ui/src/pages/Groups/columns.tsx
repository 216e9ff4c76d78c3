import { Link } from '@tanstack/react-router';
import type { GroupRow } from '../../api/groups.ts';
import type { Column } from '../../components/DataTable.tsx';
import table from '../../components/table.module.css';
import { count, duration, exact, plural } from '../../model/figures.ts';
import { excerpt, money, scoreChips, share, time, tokens, unknown } from '../List/cells.tsx';

function figures(rows: readonly GroupRow[]): Column<GroupRow>[] {
  return [
    { key: 'tokens', title: 'Tokens', width: 108, align: 'end', sort: 'tokens', cell: tokens },
    { key: 'cost', title: 'Cost', width: 82, align: 'end', sort: 'cost', cell: (row) => money(row.cost) },
    {
      key: 'failed',
      title: 'Failed',
      width: 84,
      align: 'end',
      sort: 'failed',
      cell: (row) =>
        row.failed === 0 ? (
          <span className={table.quiet}>0</span>
        ) : (
          <span className={table.error} title={`${exact(row.failed)} of ${plural(row.traces, 'trace')} with an error`}>
            {count(row.failed)} · {Math.round((100 * row.failed) / row.traces)} %
          </span>
        ),
    },
    ...(rows.some((row) => Object.keys(row.scores).length > 0)
      ? [{ key: 'scores', title: 'Mean scores', width: 170, cell: (row: GroupRow) => scoreChips(row.scores) }]
      : []),
  ];
}

const lastSeen = (now: number): Column<GroupRow> => ({ key: 'last', title: 'Last seen', width: 132, sort: 'last', cell: (row) => time(row.lastSeen, now) });

export function sessionColumns(projectId: string, rows: readonly GroupRow[], lines: number): Column<GroupRow>[] {
  const now = Date.now();
  const longest = Math.max(...rows.map((row) => row.durationMs));
  return [
    lastSeen(now),
    {
      key: 'id',
      title: 'Session',
      width: 140,
      term: (row) => ['session', row.id],
      cell: (row) => (
        <Link to="/project/$projectId/sessions/$sessionId" params={{ projectId, sessionId: row.id }} preload={false} className={table.link} title={row.id}>
          {row.id}
        </Link>
      ),
    },
    { key: 'first', title: 'First input', width: 200, grow: true, cell: (row) => excerpt(row.firstInput ?? null, lines) },
    { key: 'answer', title: 'Last output', width: 200, grow: true, cell: (row) => excerpt(row.lastOutput ?? null, lines) },
    { key: 'traces', title: 'Turns', width: 62, align: 'end', sort: 'traces', cell: (row) => <span title={plural(row.traces, 'trace')}>{count(row.traces)}</span> },
    {
      key: 'duration',
      title: 'Duration',
      width: 96,
      align: 'end',
      sort: 'duration',
      cell: (row) => share(row.durationMs, longest, duration(row.durationMs), 'from the first start to the last end, pauses included'),
    },
    {
      key: 'users',
      title: 'Users',
      width: 144,
      term: (row) => (row.userIds[0] === undefined ? null : ['user', row.userIds[0]]),
      cell: (row) =>
        row.users === 0 ? (
          unknown
        ) : (
          <span className={`${table.text} ${table.second}`} title={row.userIds.join(', ')}>
            {row.userIds[0]}
            {row.users > 1 && ` +${row.users - 1}`}
          </span>
        ),
    },
    ...figures(rows),
  ];
}

export function userColumns(projectId: string, rows: readonly GroupRow[]): Column<GroupRow>[] {
  const now = Date.now();
  const most = Math.max(...rows.map((row) => row.traces));
  return [
    {
      key: 'id',
      title: 'User',
      width: 200,
      grow: true,
      term: (row) => ['user', row.id],
      cell: (row) => (
        <Link to="/project/$projectId/users/$userId" params={{ projectId, userId: row.id }} preload={false} className={table.link} title={row.id}>
          {row.id}
        </Link>
      ),
    },
    { key: 'first', title: 'First seen', width: 132, sort: 'first', cell: (row) => time(row.firstSeen, now) },
    lastSeen(now),
    { key: 'traces', title: 'Traces', width: 96, align: 'end', sort: 'traces', cell: (row) => share(row.traces, most, count(row.traces), plural(row.traces, 'trace')) },
    { key: 'sessions', title: 'Sessions', width: 80, align: 'end', cell: (row) => <span title={plural(row.sessions, 'session')}>{count(row.sessions)}</span> },
    ...figures(rows),
  ];
}
