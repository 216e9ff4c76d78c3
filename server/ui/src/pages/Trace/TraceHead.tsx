import type { TraceDetail } from '../../api/traces.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import page from './trace.module.css';
import { exactTime } from '../../model/figures.ts';
import styles from './detail.module.css';

/** The head of the detail while nothing is selected: the trace itself. */
export function TraceHead({ trace, close }: { trace: TraceDetail; close: () => void }) {
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2>The whole trace</h2>
        <span style={{ display: 'inline-flex' }}>
          <CopyButton text={trace.id} label="Copy the trace id" />
          <button type="button" className={`${controls.copy} ${page.phone}`} onClick={close} aria-label="Back to the list">
            <Icon name="close" size={14} />
          </button>
        </span>
      </div>
      <div className={styles.facts}>
        <span>
          <i>started</i> {exactTime(Date.parse(trace.timestamp))}
        </span>
      </div>
    </header>
  );
}
