import { Link } from '@tanstack/react-router';
import type { PromptRow } from '../../api/prompts.ts';
import type { Column } from '../../components/DataTable.tsx';
import { Icon } from '../../components/Icon.tsx';
import table from '../../components/table.module.css';
import { count, plural } from '../../model/figures.ts';
import type { Entry } from '../../model/folders.ts';
import { time, unknown } from '../List/cells.tsx';

const FIXED = new Set(['latest', 'production']);

export function promptColumns(projectId: string): Column<Entry<PromptRow>>[] {
  const now = Date.now();
  const of = (cell: (prompt: PromptRow) => React.ReactNode) => (entry: Entry<PromptRow>) => (entry.kind === 'prompt' ? cell(entry.prompt) : null);
  const chips = (texts: string[]) => texts.map((text) => <span className={table.chip} key={text}>{text}</span>);
  return [
    {
      key: 'name',
      title: 'Name',
      width: 260,
      grow: true,
      cell: (entry) =>
        entry.kind === 'folder' ? (
          <>
            <Icon name="folder" />
            <Link to="/project/$projectId/prompts" params={{ projectId }} search={{ folder: entry.path }} className={table.link}>
              {entry.name}
            </Link>
            <span className={table.quiet}>{plural(entry.count, 'prompt')}</span>
          </>
        ) : (
          <>
            <Icon name="prompt" />
            <Link to="/project/$projectId/prompts/$" params={{ projectId, _splat: entry.prompt.name }} preload={false} className={table.link} title={entry.prompt.name}>
              {entry.name}
            </Link>
          </>
        ),
    },
    { key: 'type', title: 'Type', width: 64, cell: of((prompt) => <span className={table.second}>{prompt.type}</span>) },
    { key: 'latest', title: 'Latest', width: 72, align: 'end', cell: of((prompt) => <span title={plural(prompt.versions, 'version')}>{prompt.latest}</span>) },
    {
      key: 'production',
      title: 'Production',
      width: 96,
      align: 'end',
      cell: of((prompt) =>
        prompt.production === null ? (
          unknown
        ) : (
          <span title={prompt.production < prompt.latest ? `${plural(prompt.latest - prompt.production, 'version')} behind the latest` : 'the latest'}>
            {prompt.production}
            {prompt.production < prompt.latest && <span className={table.quiet}> of {prompt.latest}</span>}
          </span>
        ),
      ),
    },
    { key: 'labels', title: 'Other labels', width: 170, cell: of((prompt) => chips(prompt.labels.filter((label) => !FIXED.has(label)))) },
    { key: 'tags', title: 'Tags', width: 150, cell: of((prompt) => chips(prompt.tags)) },
    { key: 'uses', title: 'Uses, 7 days', width: 96, align: 'end', cell: of((prompt) => (prompt.uses === 0 ? unknown : <span title={plural(prompt.uses, 'generation')}>{count(prompt.uses)}</span>)) },
    { key: 'updated', title: 'Changed', width: 132, cell: of((prompt) => time(prompt.updatedAt, now)) },
  ];
}
