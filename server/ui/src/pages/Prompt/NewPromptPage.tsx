import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import styles from '../List/list.module.css';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { Editor } from './Editor.tsx';

/** Writes the first version of a prompt. */
export function NewPromptPage() {
  const { projectId } = useParams({ from: '/project/$projectId/prompts/new' });
  const { folder } = useSearch({ from: '/project/$projectId/prompts/new' });
  const navigate = useNavigate();
  return (
    <>
      <PageHeader crumbs={[<Link to="/project/$projectId/prompts" params={{ projectId }} search={{ folder }} key="prompts">Prompts</Link>]} title="New prompt" />
      <main className={styles.page}>
        <Editor
          projectId={projectId}
          base={null}
          folder={folder ?? ''}
          saved={(prompt) => void navigate({ to: '/project/$projectId/prompts/$', params: { projectId, _splat: prompt.name } })}
          cancel={() => void navigate({ to: '/project/$projectId/prompts', params: { projectId }, search: { folder } })}
        />
      </main>
    </>
  );
}
