import type { ReactNode } from 'react';
import { ApiError } from '../api/http.ts';
import styles from './controls.module.css';

/** What stands where content would be: why it is not there, and what to do. */
export function State({ title, children, actions, alert }: { title: string; children?: ReactNode; actions?: ReactNode; alert?: boolean }) {
  return (
    <div className={styles.state} role={alert ? 'alert' : 'status'}>
      <h2>{title}</h2>
      {children}
      {actions && <div className={styles.stateActions}>{actions}</div>}
    </div>
  );
}

/** A failed request, in the server's words, with its id and a retry. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const id = error instanceof ApiError ? error.requestId : null;
  return (
    <State
      alert
      title="That did not work"
      actions={
        retry && (
          <button type="button" className={styles.button} onClick={retry}>
            Try again
          </button>
        )
      }
    >
      <p>{error instanceof Error ? error.message : 'Something unexpected happened.'}</p>
      {id !== null && (
        <p>
          Request <code>{id}</code>
        </p>
      )}
    </State>
  );
}
