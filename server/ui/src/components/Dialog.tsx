import { useEffect, useRef, type ReactNode } from 'react';
import styles from './controls.module.css';
import { Icon } from './Icon.tsx';

/** A modal dialog; the browser traps and restores focus. It is there as long as it is open. */
export function Dialog({ title, close, bare, children }: { title: string; close: () => void; bare?: boolean; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current!;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-label={title}
      onClose={() => ref.current?.open || close()}
      onMouseDown={(event) => event.target === ref.current && close()}
    >
      {!bare && (
        <div className={styles.dialogTitle}>
          <h2>{title}</h2>
          <button type="button" className={styles.ghost} onClick={close} aria-label="Close">
            <Icon name="close" />
          </button>
        </div>
      )}
      {children}
    </dialog>
  );
}
