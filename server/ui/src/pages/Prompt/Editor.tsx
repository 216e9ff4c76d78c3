import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { savePrompt, type PromptDetail } from '../../api/prompts.ts';
import controls from '../../components/controls.module.css';
import { DiffView } from '../../components/DiffView.tsx';
import { Field, FormError } from '../../components/Field.tsx';
import form from '../../components/form.module.css';
import { useKeys } from '../../components/keys.ts';
import { configOf, contentOf, draftOf, messageFor, NO_DRAFT, problemOf, type Draft } from '../../model/draft.ts';
import { asText, variablesOf } from '../../model/template.ts';
import { MessageEditor } from './MessageEditor.tsx';
import styles from './prompt.module.css';

interface Props {
  projectId: string;
  /** The version that the new one begins with; null for a new prompt. */
  base: PromptDetail | null;
  folder?: string;
  saved: (prompt: PromptDetail) => void;
  cancel: () => void;
}

/** Writes a version: text or messages, settings, why, and whether programs get it at once. */
export function Editor({ projectId, base, folder = '', saved, cancel }: Props) {
  const client = useQueryClient();
  const before = base && draftOf(base.prompt, base.config);
  const [draft, setDraft] = useState<Draft>(before ?? NO_DRAFT);
  const [name, setName] = useState(base?.name ?? (folder === '' ? '' : `${folder}/`));
  const [message, setMessage] = useState<string | null>(null);
  const [live, setLive] = useState(base === null);
  const done = useRef(false);
  const edit = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  const problem = problemOf(draft, name);
  const said = message ?? messageFor(before, draft);
  const save = useMutation({
    mutationFn: () => savePrompt(projectId, { name, type: draft.type, prompt: contentOf(draft), config: configOf(draft), labels: live ? ['production'] : [], commitMessage: said }),
    onSuccess: async (prompt) => {
      done.current = true;
      await Promise.all([client.invalidateQueries({ queryKey: ['prompt', projectId, prompt.name] }), client.invalidateQueries({ queryKey: ['prompts', projectId] })]);
      saved(prompt);
    },
  });
  const dirty = JSON.stringify(draft) !== JSON.stringify(before ?? NO_DRAFT);
  useBlocker({ shouldBlockFn: () => dirty && !done.current && !window.confirm('Leave without saving the prompt?'), enableBeforeUnload: () => dirty && !done.current });
  const submit = () => problem === null && !save.isPending && save.mutate();
  useKeys({ 'mod+Enter': submit });
  const { variables, placeholders } = variablesOf(contentOf(draft));
  return (
    <div className={styles.panel}>
      <form className={styles.editor} onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <div>
          {base === null && (
            <div className={form.row}>
              <Field label="Name" hint="Slashes make folders: support/answer">
                <input className={form.input} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
              </Field>
              <Field label="Type" hint="All versions have the same.">
                <select className={form.select} value={draft.type} onChange={(event) => edit({ type: event.target.value as Draft['type'] })}>
                  <option value="text">text</option>
                  <option value="chat">chat</option>
                </select>
              </Field>
            </div>
          )}
          {draft.type === 'text' ? (
            <Field label="Text">
              <textarea className={form.area} rows={14} value={draft.text} onChange={(event) => edit({ text: event.target.value })} />
            </Field>
          ) : (
            <MessageEditor messages={draft.messages} change={(messages) => edit({ messages })} />
          )}
          {before && dirty && <DiffView label="Changes" left={asText(contentOf(before))} right={asText(contentOf(draft))} names={[`Version ${base.version}`, 'This draft']} />}
        </div>
        <div>
          <Field label="Settings, as JSON" hint="Whatever programs should know: model, temperature, tools.">
            <textarea className={form.area} data-mono="" rows={7} spellCheck={false} value={draft.config} onChange={(event) => edit({ config: event.target.value })} />
          </Field>
          <p className={styles.names} aria-live="polite">
            {variables.length + placeholders.length === 0 ? <span className={form.hint}>No variables. Write {'{{name}}'} to have one.</span> : [...variables, ...placeholders].map((one) => <code key={one} className={form.variable}>{one}</code>)}
          </p>
          <Field label="Why there is this version">
            <input className={form.input} maxLength={500} value={said} onChange={(event) => setMessage(event.target.value)} />
          </Field>
          <label className={form.check}>
            <input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />
            Put production on it
          </label>
          <FormError error={save.error} />
          <div className={form.actions}>
            <span className={form.hint} role="status">{problem}</span>
            <button type="button" className={controls.button} onClick={cancel}>Cancel</button>
            <button type="submit" className={controls.primary} disabled={problem !== null || save.isPending} title="Save (⌘Enter)">
              {base === null ? 'Save prompt' : 'Save version'}
            </button>
          </div>
        </div>
      </form>
    </div>
  );
}
