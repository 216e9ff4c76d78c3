import type { TraceDetail } from '../../api/traces.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { exactTime } from '../../model/figures.ts';
import styles from './detail.module.css';

/** The head of the detail while nothing is selected: the trace itself. */
export function TraceHead({ trace }: { trace: TraceDetail }) {
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2>The whole trace</h2>
        <CopyButton text={trace.id} label="Copy the trace id" />
      </div>
      <div className={styles.facts}>
        <span>
          <i>started</i> {exactTime(Date.parse(trace.timestamp))}
        </span>
      </div>
    </header>
  );
}
