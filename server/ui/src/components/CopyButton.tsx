import { useEffect, useState, type ReactNode } from 'react';
import styles from './controls.module.css';
import { Icon } from './Icon.tsx';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, children }: { text: string; label: string; children?: ReactNode }) {
  const [state, setState] = useState<'idle' | 'copied' | 'denied'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    void copyText(text).then(
      () => setState('copied'),
      () => setState('denied'),
    );
  const said = state === 'copied' ? 'Copied' : state === 'denied' ? 'The browser refused to copy' : label;
  return (
    <button type="button" className={`${styles.copy} ${state === 'copied' ? styles.copied : ''}`} onClick={copy} aria-label={said} title={said}>
      <Icon name={state === 'copied' ? 'check' : state === 'denied' ? 'warning' : 'copy'} size={14} />
      {children}
    </button>
  );
}

/** The clipboard of a page that is not served over TLS is a text field and a command. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) throw new Error('copy refused');
}
