import { useEffect, useState } from 'react';
import controls from '../../components/controls.module.css';
import table from '../../components/table.module.css';
import styles from './list.module.css';

/** Grey lines while rows come; after two seconds a word and a way out. */
export function LoadingRows({ cancel }: { cancel: () => void }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {slow && (
        <div className={styles.slow} role="status">
          Still reading. A narrower time range or filter is faster.
          <button type="button" className={controls.button} onClick={cancel}>
            Cancel
          </button>
        </div>
      )}
      <div className={table.skeleton} aria-hidden="true">
        {Array.from({ length: 24 }, (_, i) => (
          <i key={i} style={{ width: `${50 + ((i * 37) % 45)}%` }} />
        ))}
      </div>
    </>
  );
}
