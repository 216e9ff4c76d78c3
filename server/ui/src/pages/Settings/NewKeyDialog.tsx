import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { onboardingQuery } from '../../api/onboarding.ts';
import { createApiKey, type NewApiKey } from '../../api/settings.ts';
import { CodeBox } from '../../components/CodeBox.tsx';
import controls from '../../components/controls.module.css';
import { Dialog } from '../../components/Dialog.tsx';
import { Field, FormError } from '../../components/Field.tsx';
import form from '../../components/form.module.css';
import { Tabs } from '../../components/Tabs.tsx';
import { keySetup } from '../../model/keySetup.ts';

/** Makes a key pair and shows it this once, as programs take it. */
export function NewKeyDialog({ projectId, close }: { projectId: string; close: () => void }) {
  const [note, setNote] = useState('');
  const made = useMutation({ mutationFn: () => createApiKey(projectId, note.trim()) });
  return (
    <Dialog title={made.data ? 'Your new key' : 'New key'} close={close}>
      {made.data ? (
        <Shown projectId={projectId} made={made.data} close={close} />
      ) : (
        <form className={form.form} onSubmit={(event) => { event.preventDefault(); made.mutate(); }}>
          <Field label="Note" hint="What uses it, for whoever wonders later whether it may go.">
            <input className={form.input} autoFocus maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
          <FormError error={made.error} />
          <div className={form.actions}>
            <button type="button" className={controls.button} onClick={close}>Cancel</button>
            <button type="submit" className={controls.primary} disabled={made.isPending}>Make the key</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Shown({ projectId, made, close }: { projectId: string; made: NewApiKey; close: () => void }) {
  const host = useQuery(onboardingQuery(projectId)).data?.host ?? window.location.origin;
  const [chosen, choose] = useState('env');
  const all = keySetup(host, made.publicKey, made.secretKey);
  const setup = all.find((one) => one.key === chosen) ?? all[0]!;
  return (
    <div className={form.form}>
      <p>Copy it now: the secret key is not shown again.</p>
      <Tabs label="Set-up" tabs={all.map(({ key, label }) => ({ key, label }))} chosen={setup.key} choose={choose} />
      <div role="tabpanel" id={`tabpanel-${setup.key}`} aria-labelledby={`tab-${setup.key}`}>
        <CodeBox code={setup.code} label="Copy the set-up" />
      </div>
      <div className={form.actions}>
        <button type="button" className={controls.primary} onClick={close}>I have copied it</button>
      </div>
    </div>
  );
}
