import { useState, type FormEvent, type ReactNode } from 'react';
import { Brand } from '../../components/Brand.tsx';
import controls from '../../components/controls.module.css';
import styles from './account.module.css';

/** The card around the forms of people who are not signed in. */
export function AccountCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Brand /> Sonde
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function Field({ label, ...input }: { label: string; name: string; type: string; autoComplete: string; minLength?: number; autoFocus?: boolean; defaultValue?: string }) {
  return (
    <label className={styles.field}>
      {label}
      <input {...input} required />
    </label>
  );
}

/** A form that sends its fields, and shows in words why it was refused. */
export function AccountForm({ action, submit, children }: { action: string; submit: (fields: Record<string, string>) => Promise<void>; children: ReactNode }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(event.currentTarget)].map(([k, v]) => [k, String(v)]));
    setBusy(true);
    setError(null);
    submit(fields)
      .catch((failure: unknown) => setError(failure instanceof Error ? failure.message : 'Something unexpected happened.'))
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.form} onSubmit={send}>
      {children}
      {error !== null && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <button type="submit" className={controls.primary} disabled={busy}>
        {action}
      </button>
    </form>
  );
}
