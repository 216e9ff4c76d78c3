import type { ReactNode } from 'react';
import styles from './form.module.css';

/** A labelled control, with a word about it. */
export function Field({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.field}>
        <span>{label}</span>
        {children}
      </label>
      {hint !== undefined && <small>{hint}</small>}
    </div>
  );
}

/** What went wrong with a form, in the server's words. */
export function FormError({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <p className={styles.error} role="alert">
      {error instanceof Error ? error.message : String(error)}
    </p>
  );
}
