import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deletePrompt, type PromptDetail, type PromptVersion } from '../../api/prompts.ts';
import { Confirm } from '../../components/Confirm.tsx';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { plural } from '../../model/figures.ts';
import { PromoteDialog } from './PromoteDialog.tsx';

/** What one can do with a version. */
export function PromptActions({ projectId, prompt, versions, edit }: { projectId: string; prompt: PromptDetail; versions: readonly PromptVersion[]; edit: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, ask] = useState<'label' | 'version' | 'prompt' | null>(null);
  const close = () => ask(null);
  const last = versions.length === 1;
  const remove = async (version?: number) => {
    await deletePrompt(projectId, prompt.name, version);
    await client.invalidateQueries({ queryKey: ['prompts', projectId] });
    if (version === undefined || last) return navigate({ to: '/project/$projectId/prompts', params: { projectId } });
    await navigate({ to: '/project/$projectId/prompts/$', params: { projectId, _splat: prompt.name } });
    await client.invalidateQueries({ queryKey: ['prompt', projectId, prompt.name, 'versions'] });
  };
  return (
    <>
      <button type="button" className={controls.button} onClick={() => ask('label')}>
        <Icon name="tag" size={14} /> Label
      </button>
      <button type="button" className={controls.primary} onClick={edit}>
        <Icon name="plus" size={14} /> New version
      </button>
      <Menu
        ghost
        align="end"
        label="More"
        button={<Icon name="more" />}
        choices={[
          { key: 'version', label: `Delete version ${prompt.version}…` },
          { key: 'prompt', label: 'Delete the prompt…' },
        ]}
        choose={(key) => ask(key as 'version' | 'prompt')}
      />
      {asked === 'label' && <PromoteDialog projectId={projectId} prompt={prompt} versions={versions} close={close} />}
      {asked === 'version' && (
        <Confirm danger title={`Delete version ${prompt.version}?`} action={`Delete version ${prompt.version}`} run={() => remove(prompt.version)} close={close}>
          <p>Programs that ask for this number{prompt.labels.length > 0 ? `, or for ${prompt.labels.join(', ')},` : ''} will not get it any more. This cannot be undone.</p>
        </Confirm>
      )}
      {asked === 'prompt' && (
        <Confirm danger title={`Delete ${prompt.name}?`} action={`Delete ${plural(versions.length, 'version')}`} run={() => remove()} close={close}>
          <p>
            All {plural(versions.length, 'version')} of <b>{prompt.name}</b> go. Generations keep their text, and the name of the prompt they were made from. This cannot be undone.
          </p>
        </Confirm>
      )}
    </>
  );
}
