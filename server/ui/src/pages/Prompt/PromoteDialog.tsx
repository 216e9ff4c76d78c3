import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { labelPrompt, type PromptDetail, type PromptVersion } from '../../api/prompts.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { Field } from '../../components/Field.tsx';
import form from '../../components/form.module.css';
import { VersionDiff } from './DiffTab.tsx';

/** Puts a label on a version, after showing which version it takes the label from and what changes by it. */
export function PromoteDialog({ projectId, prompt, versions, close }: { projectId: string; prompt: PromptDetail; versions: readonly PromptVersion[]; close: () => void }) {
  const client = useQueryClient();
  const known = [...new Set(['production', ...versions.flatMap((one) => one.labels)])].filter((label) => label !== 'latest' && !prompt.labels.includes(label));
  const [label, setLabel] = useState(known[0] ?? '');
  const holder = versions.find((one) => one.labels.includes(label.trim()));
  const run = async () => {
    await labelPrompt(projectId, prompt.name, prompt.version, [label.trim()]);
    await Promise.all([client.invalidateQueries({ queryKey: ['prompt', projectId, prompt.name] }), client.invalidateQueries({ queryKey: ['prompts', projectId] })]);
  };
  return (
    <Confirm title={`Label version ${prompt.version}`} action={`Put ${label.trim() || 'the label'} on version ${prompt.version}`} run={run} close={close}>
      <Field label="Label" hint="Lower-case letters, digits, '_', '-' and '.'. Programs that ask for it get this version, within a minute.">
        <input className={form.input} list="known-labels" autoFocus value={label} onChange={(event) => setLabel(event.target.value)} />
      </Field>
      <datalist id="known-labels">
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {holder === undefined || holder.version === prompt.version ? (
        <p className={form.hint}>{holder ? 'This version carries it already.' : 'No version carries this label yet.'}</p>
      ) : (
        <>
          <p>
            It replaces <b>version {holder.version}</b>: {holder.commitMessage ?? 'no message'}.
          </p>
          <VersionDiff projectId={projectId} prompt={prompt} other={holder.version} />
        </>
      )}
    </Confirm>
  );
}
