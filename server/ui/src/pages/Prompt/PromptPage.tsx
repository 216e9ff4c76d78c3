import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { ApiError } from '../../api/http.ts';
import { versionQuery, versionsQuery } from '../../api/prompts.ts';
import { copyText } from '../../components/CopyButton.tsx';
import { useKeys } from '../../components/keys.ts';
import { Failure, State } from '../../components/State.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { trail } from '../../model/folders.ts';
import list from '../List/list.module.css';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { ContentTab } from './ContentTab.tsx';
import { DiffTab } from './DiffTab.tsx';
import { Editor } from './Editor.tsx';
import { GenerationsTab } from './GenerationsTab.tsx';
import { MetricsTab } from './MetricsTab.tsx';
import { PromptActions } from './PromptActions.tsx';
import styles from './prompt.module.css';
import { UseTab } from './UseTab.tsx';
import { VersionRail } from './VersionRail.tsx';

const TABS = [
  { key: 'prompt', label: 'Prompt' },
  { key: 'diff', label: 'Changes' },
  { key: 'use', label: 'Use it' },
  { key: 'metrics', label: 'Figures' },
  { key: 'generations', label: 'Generations' },
];

/** One prompt: its versions, and of the chosen one what it says, what changed, how to use it and how it does. */
export function PromptPage() {
  const { projectId, _splat: name = '' } = useParams({ from: '/project/$projectId/prompts/$' });
  const search = useSearch({ from: '/project/$projectId/prompts/$' });
  const navigate = useNavigate();
  const versions = useQuery(versionsQuery(projectId, name));
  const all = versions.data?.versions ?? [];
  const version = all.find((one) => String(one.version) === search.version)?.version ?? all[0]?.version ?? 0;
  const prompt = useQuery({ ...versionQuery(projectId, name, version), enabled: version > 0 });
  const page = useRef(name);
  page.current = name;
  const show = (next: typeof search) => void navigate({ to: '/project/$projectId/prompts/$', params: { projectId, _splat: page.current }, search: { ...search, ...next } });
  const step = (by: number) => {
    const next = all[all.findIndex((one) => one.version === version) + by];
    if (next) show({ version: String(next.version) });
  };
  useKeys({ j: () => step(1), k: () => step(-1), y: () => void copyText(window.location.href), 'shift+y': () => void copyText(name) }, search.edit === undefined);
  const folders = trail(name).slice(0, -1);
  const crumbs = [{ name: 'Prompts', path: '' }, ...folders].map((f) => (
    <Link to="/project/$projectId/prompts" params={{ projectId }} search={{ folder: f.path || undefined }} key={f.path}>{f.name}</Link>
  ));
  const failure = versions.error ?? prompt.error;
  const tab = TABS.find((one) => one.key === search.view)?.key ?? 'prompt';
  const data = prompt.data?.name === name ? prompt.data : undefined;
  return (
    <>
      <PageHeader crumbs={crumbs} title={trail(name).at(-1)?.name ?? name}>
        {data && search.edit === undefined && <PromptActions projectId={projectId} prompt={data} versions={all} edit={() => show({ edit: '1' })} />}
      </PageHeader>
      <main className={list.page}>
        {failure instanceof ApiError && failure.status === 404 ? (
          <State title="There is no such prompt" actions={<Link to="/project/$projectId/prompts" params={{ projectId }}>All prompts</Link>}>
            <p>No prompt of this project is called <code>{name}</code>. It may have been deleted, or live in another project.</p>
          </State>
        ) : failure ? (
          <Failure error={failure} retry={() => { void versions.refetch(); void prompt.refetch(); }} />
        ) : data && search.edit !== undefined ? (
          <Editor key={version} projectId={projectId} base={data} saved={(made) => show({ edit: undefined, view: undefined, version: String(made.version) })} cancel={() => show({ edit: undefined })} />
        ) : (
          <div className={styles.split}>
            <VersionRail versions={all} chosen={version} choose={(next) => show({ version: String(next) })} />
            <div className={styles.main}>
              <Tabs label="Of this version" tabs={TABS} chosen={tab} choose={(key) => show({ view: key === 'prompt' ? undefined : key })} />
              <div role="tabpanel" id={`tabpanel-${tab}`} aria-labelledby={`tab-${tab}`} tabIndex={0} className={tab === 'generations' ? styles.list : styles.panel}>
                {data && tab === 'prompt' && <ContentTab key={version} projectId={projectId} prompt={data} />}
                {data && tab === 'diff' && <DiffTab projectId={projectId} prompt={data} versions={all} against={Number(search.with) || null} choose={(other) => show({ with: String(other) })} />}
                {data && tab === 'use' && <UseTab key={version} projectId={projectId} prompt={data} />}
                {data && tab === 'metrics' && <MetricsTab projectId={projectId} name={name} version={version} />}
                {data && tab === 'generations' && <GenerationsTab projectId={projectId} name={name} version={version} />}
              </div>
            </div>
          </div>
        )}
      </main>
    </>
  );
}
