import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { promptsQuery, type PromptRow } from '../../api/prompts.ts';
import controls from '../../components/controls.module.css';
import { Icon } from '../../components/Icon.tsx';
import { useKeys } from '../../components/keys.ts';
import { State } from '../../components/State.tsx';
import { exact, plural } from '../../model/figures.ts';
import { entriesOf, found, trail, type Entry } from '../../model/folders.ts';
import styles from '../List/list.module.css';
import { ListView } from '../List/ListView.tsx';
import { SearchField } from '../List/SearchField.tsx';
import { wholeList } from '../List/whole.ts';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { promptColumns } from './columns.tsx';

/** The prompts of a project, in the folders their names make. */
export function PromptsPage() {
  const { projectId } = useParams({ from: '/project/$projectId/prompts' });
  const { folder = '', find = '' } = useSearch({ from: '/project/$projectId/prompts' });
  const navigate = useNavigate();
  const query = useQuery(promptsQuery(projectId));
  const all = useMemo(() => query.data?.rows ?? [], [query.data]);
  const rows = useMemo(() => (find === '' ? entriesOf(all, folder) : found(all, folder, find)), [all, folder, find]);
  const columns = useMemo(() => promptColumns(projectId), [projectId]);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const show = (next: { folder?: string | undefined; find?: string | undefined }) => void navigate({ to: '/project/$projectId/prompts', params: { projectId }, search: { folder, find, ...next }, replace: 'find' in next });
  const open = (entry: Entry<PromptRow>) =>
    entry.kind === 'folder' ? show({ folder: entry.path }) : void navigate({ to: '/project/$projectId/prompts/$', params: { projectId, _splat: entry.prompt.name } });
  const folders = trail(folder);
  const here = (path: string | undefined, name: string) => <Link to="/project/$projectId/prompts" params={{ projectId }} search={{ folder: path }} key={path ?? ''}>{name}</Link>;
  const total = query.data?.total ?? 0;
  return (
    <>
      <PageHeader crumbs={folders.length === 0 ? [] : [here(undefined, 'Prompts'), ...folders.slice(0, -1).map((f) => here(f.path, f.name))]} title={folders.at(-1)?.name ?? 'Prompts'}>
        <span className={styles.count} role="status">
          {query.data && plural(total, 'prompt')}
        </span>
        <Link to="/project/$projectId/prompts/new" params={{ projectId }} search={{ folder: folder || undefined }} className={controls.button}>
          <Icon name="plus" size={14} /> New prompt
        </Link>
      </PageHeader>
      <main className={styles.page}>
        <div className={styles.toolbar}>
          <SearchField field={field} value={find} change={(words) => show({ find: words || undefined })} label="Find prompts" placeholder="Find by name, tag or label" />
        </div>
        {total > all.length && query.data && <p className={styles.foot}>The first {exact(all.length)} of {exact(total)} names are shown.</p>}
        <div className={styles.body}>
          <ListView
            label="Prompts"
            queryKey={['prompts', projectId, folder, find]}
            query={wholeList(query)}
            rows={rows}
            columns={columns}
            total={rows.length}
            rowKey={(entry) => (entry.kind === 'folder' ? `${entry.path}/` : entry.prompt.name)}
            open={open}
            q=""
            empty={
              all.length === 0 ? (
                <State title="No prompts yet" actions={<Link to="/project/$projectId/prompts/new" params={{ projectId }} className={controls.primary}>Write the first prompt</Link>}>
                  <p>Prompts kept here can be changed without a release: programs fetch the version that carries a label, and generations remember which one they were made from.</p>
                </State>
              ) : (
                <State title={find === '' ? 'This folder is empty' : 'No prompt matches'} actions={here(undefined, 'All prompts')}>
                  <p>{find === '' ? 'Folders are made of the slashes in names.' : `Nothing here has “${find}” in its name, tags or labels.`}</p>
                </State>
              )
            }
          />
        </div>
      </main>
    </>
  );
}
