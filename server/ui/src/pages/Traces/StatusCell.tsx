import { useEffect, useState } from 'react';
import type { TraceRow } from '../../api/traces.ts';
import table from '../../components/table.module.css';
import { duration, plural } from '../../model/figures.ts';

/** What is to say about a trace: running, its errors, its warnings, or nothing. */
export function StatusCell({ row }: { row: TraceRow }) {
  if (row.running) return <Running since={Date.parse(row.timestamp)} />;
  if (row.errorCount > 0) return <span className={table.error}>{plural(row.errorCount, 'error')}</span>;
  if (row.level === 'ERROR') return <span className={table.error}>error</span>;
  if (row.warningCount > 0) return <span className={table.warning}>{plural(row.warningCount, 'warning')}</span>;
  return <span className={table.quiet}>ok</span>;
}

/** A running clock. A trace whose end never came would count for days: after an hour it only says so. */
function Running({ since }: { since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (now - since > 3_600_000) return <span className={table.warning} title="An observation of this trace has not ended">not ended</span>;
  return <span className={table.running}>{duration(Math.max(0, Math.floor((now - since) / 1000) * 1000))}</span>;
}
