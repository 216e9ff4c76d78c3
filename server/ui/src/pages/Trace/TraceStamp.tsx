import type { TraceDetail } from '../../api/traces.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import table from '../../components/table.module.css';
import { ago, exactTime } from '../../model/figures.ts';

/** When the trace began, and its id to take along. */
export function TraceStamp({ trace }: { trace: TraceDetail }) {
  const at = Date.parse(trace.timestamp);
  return (
    <>
      <time dateTime={trace.timestamp} title={exactTime(at)} className={table.quiet}>
        {ago(at, Date.now())}
      </time>
      <CopyButton text={trace.id} label="Copy the trace id (⇧Y)" />
    </>
  );
}
