import { Link } from '@tanstack/react-router';
import type { TraceRow } from '../../api/traces.ts';
import type { Column } from '../../components/DataTable.tsx';
import table from '../../components/table.module.css';
import { count, duration, exact, plural } from '../../model/figures.ts';
import { excerpt, money, plain, scoreChips, share, time, tokens } from '../List/cells.tsx';
import { StatusCell } from './StatusCell.tsx';

const term = (key: string, of: (row: TraceRow) => string | null) => (row: TraceRow): [string, string] | null => {
  const value = of(row);
  return value === null || value === '' ? null : [key, value];
};

/** The columns of the trace list. Those that nobody fills stay away: user, session, scores, tags and environment. */
export function traceColumns(projectId: string, rows: readonly TraceRow[], lines: number): Column<TraceRow>[] {
  const now = Date.now();
  const longest = rows.reduce((most, row) => Math.max(most, row.latencyMs ?? 0), 1);
  const today = rows.every((row) => new Date(row.timestamp).toDateString() === new Date(now).toDateString());
  const columns: (Column<TraceRow> | false)[] = [
    {
      key: 'time',
      title: 'Time',
      width: today ? 88 : 132,
      cell: (row) => time(row.timestamp, now),
    },
    {
      key: 'name',
      title: 'Name',
      width: 150,
      term: term('name', (row) => row.name),
      cell: (row) => (
        <Link to="/project/$projectId/traces/$traceId" params={{ projectId, traceId: row.id }} preload={false} className={table.link} title={row.name ?? row.id}>
          {row.name ?? row.id}
        </Link>
      ),
    },
    { key: 'input', title: 'Input', width: 200, grow: true, cell: (row) => excerpt(row.inputPreview, lines) },
    { key: 'output', title: 'Output', width: 200, grow: true, cell: (row) => excerpt(row.outputPreview, lines) },
    { key: 'status', title: 'Status', width: 88, term: term('level', (row) => row.level), cell: (row) => <StatusCell row={row} /> },
    {
      key: 'latency',
      title: 'Latency',
      width: 84,
      align: 'end',
      cell: (row) => share(row.latencyMs ?? 0, longest, duration(row.latencyMs), row.latencyMs === null ? 'not ended' : `${exact(row.latencyMs)} ms`),
    },
    {
      key: 'tokens',
      title: 'Tokens',
      width: 108,
      align: 'end',
      cell: tokens,
    },
    {
      key: 'cost',
      title: 'Cost',
      width: 82,
      align: 'end',
      cell: (row) => money(row.cost),
    },
    {
      key: 'size',
      title: 'Obs.',
      width: 48,
      align: 'end',
      cell: (row) => <span className={table.second} title={plural(row.observationCount, 'observation')}>{count(row.observationCount)}</span>,
    },
    rows.some((row) => Object.keys(row.scores).length > 0) && {
      key: 'scores',
      title: 'Scores',
      width: 150,
      cell: (row) => scoreChips(row.scores),
    },
    rows.some((row) => row.userId) && { key: 'user', title: 'User', width: 110, term: term('user', (row) => row.userId), cell: (row) => plain(row.userId) },
    rows.some((row) => row.sessionId) && { key: 'session', title: 'Session', width: 120, term: term('session', (row) => row.sessionId), cell: (row) => plain(row.sessionId) },
    rows.some((row) => row.tags.length > 0) && {
      key: 'tags',
      title: 'Tags',
      width: 150,
      term: term('tag', (row) => row.tags[0] ?? null),
      cell: (row) => row.tags.map((tag) => <span className={table.chip} key={tag} title={tag}>{tag}</span>),
    },
    new Set(rows.map((row) => row.environment)).size > 1 && {
      key: 'env',
      title: 'Environment',
      width: 110,
      term: term('env', (row) => row.environment),
      cell: (row) => plain(row.environment),
    },
  ];
  return columns.filter((column) => column !== false);
}
