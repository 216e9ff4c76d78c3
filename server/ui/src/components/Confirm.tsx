import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import controls from './controls.module.css';
import { Dialog } from './Dialog.tsx';
import { FormError } from './Field.tsx';
import form from './form.module.css';

interface Props {
  title: string;
  /** What the button does, as a verb and its object. */
  action: string;
  danger?: boolean;
  run: () => Promise<unknown>;
  close: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back, and stays when it fails. */
export function Confirm({ title, action, danger, run, close, children }: Props) {
  const change = useMutation({ mutationFn: run, onSuccess: close });
  return (
    <Dialog title={title} close={close}>
      <div className={form.form}>
        {children}
        <FormError error={change.error} />
        <div className={form.actions}>
          <button type="button" className={controls.button} onClick={close}>
            Cancel
          </button>
          <button type="button" className={`${danger ? controls.button : controls.primary} ${danger ? form.danger : ''}`} disabled={change.isPending} onClick={() => change.mutate()}>
            {action}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
