import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { generationsQuery, type GenerationRow } from '../../api/prompts.ts';
import type { Column } from '../../components/DataTable.tsx';
import { State } from '../../components/State.tsx';
import table from '../../components/table.module.css';
import { duration } from '../../model/figures.ts';
import { excerpt, money, plain, share, time, tokens } from '../List/cells.tsx';
import { useDensity } from '../List/density.ts';
import { ListView } from '../List/ListView.tsx';

/** The generations made from a version. */
export function GenerationsTab({ projectId, name, version }: { projectId: string; name: string; version: number }) {
  const navigate = useNavigate();
  const { lines } = useDensity();
  const query = useInfiniteQuery(generationsQuery(projectId, name, version));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const columns = useMemo(() => generationColumns(projectId, rows, lines), [projectId, rows, lines]);
  return (
    <ListView
      label="Generations"
      queryKey={['generations', projectId, name, version]}
      query={query}
      rows={rows}
      columns={columns}
      total={null}
      rowKey={(row) => row.id}
      open={(row) => void navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: row.traceId }, search: { observation: row.id } })}
      q=""
      empty={
        <State title={`No generation was made from version ${version}`}>
          <p>Generations name their prompt when the client says so; the code under “Use it” shows how.</p>
        </State>
      }
    />
  );
}

function generationColumns(projectId: string, rows: readonly GenerationRow[], lines: number): Column<GenerationRow>[] {
  const now = Date.now();
  const longest = rows.reduce((most, row) => Math.max(most, row.latencyMs ?? 0), 1);
  return [
    { key: 'time', title: 'Time', width: 132, cell: (row) => time(row.startTime, now) },
    {
      key: 'name',
      title: 'Name',
      width: 140,
      cell: (row) => (
        <Link to="/project/$projectId/traces/$traceId" params={{ projectId, traceId: row.traceId }} search={{ observation: row.id }} preload={false} className={table.link}>
          {row.name ?? row.id}
        </Link>
      ),
    },
    { key: 'input', title: 'Input', width: 180, grow: true, cell: (row) => excerpt(row.inputPreview, lines) },
    { key: 'output', title: 'Output', width: 180, grow: true, cell: (row) => excerpt(row.outputPreview, lines) },
    { key: 'level', title: 'Level', width: 76, cell: (row) => <span className={row.level === 'ERROR' ? table.error : row.level === 'WARNING' ? table.warning : table.quiet}>{row.level.toLowerCase()}</span> },
    { key: 'model', title: 'Model', width: 130, cell: (row) => plain(row.model) },
    { key: 'latency', title: 'Latency', width: 84, align: 'end', cell: (row) => share(row.latencyMs ?? 0, longest, duration(row.latencyMs), '') },
    { key: 'tokens', title: 'Tokens', width: 108, align: 'end', cell: (row) => tokens({ ...row, totalUsage: row.inputUsage + row.outputUsage }) },
    { key: 'cost', title: 'Cost', width: 82, align: 'end', cell: (row) => money(row.cost) },
  ];
}
