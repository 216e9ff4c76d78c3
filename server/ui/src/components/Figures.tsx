import type { ReactNode } from 'react';
import styles from './controls.module.css';

/** A row of the figures that matter on a page. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

export function Figure({ name, value, title, bad }: { name: string; value: ReactNode; title?: string; bad?: boolean }) {
  return (
    <div title={title} data-bad={bad ? '' : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
