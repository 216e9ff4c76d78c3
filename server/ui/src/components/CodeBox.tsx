import { CopyButton } from './CopyButton.tsx';
import styles from './form.module.css';

/** Something to copy and run. */
export function CodeBox({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.code}>
      <pre tabIndex={0}>{code}</pre>
      <CopyButton text={code} label={label} />
    </div>
  );
}
