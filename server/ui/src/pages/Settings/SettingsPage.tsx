import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { renameProject } from '../../api/settings.ts';
import { sessionQuery, type Project } from '../../api/session.ts';
import controls from '../../components/controls.module.css';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Field, FormError } from '../../components/Field.tsx';
import form from '../../components/form.module.css';
import list from '../List/list.module.css';
import { PageHeader } from '../Shell/PageHeader.tsx';
import { ApiKeys } from './ApiKeys.tsx';
import styles from './settings.module.css';

/** What belongs to the project itself: its name, and the keys that programs use. */
export function SettingsPage() {
  const { projectId } = useParams({ from: '/project/$projectId/settings' });
  const session = useQuery(sessionQuery).data;
  const project = session?.projects.find((one) => one.id === projectId);
  const may = project !== undefined && (project.role === 'OWNER' || project.role === 'ADMIN');
  return (
    <>
      <PageHeader title="Settings" />
      <main className={list.page}>
        <div className={styles.page} tabIndex={0} role="region" aria-label="Settings">
          {project && <ProjectName key={project.id} project={project} may={may} />}
          <ApiKeys projectId={projectId} may={may} />
        </div>
      </main>
    </>
  );
}

function ProjectName({ project, may }: { project: Project; may: boolean }) {
  const client = useQueryClient();
  const [name, setName] = useState(project.name);
  const rename = useMutation({ mutationFn: () => renameProject(project.id, name.trim()), onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }) });
  const same = name.trim() === project.name;
  return (
    <section>
      <h2>Project</h2>
      <p>
        Its id is <code>{project.id}</code> <CopyButton text={project.id} label="Copy the project id" /> and never changes. You are {project.role.toLowerCase()} of it.
      </p>
      <form className={form.row} onSubmit={(event) => { event.preventDefault(); rename.mutate(); }}>
        <Field label="Name">
          <input className={form.input} maxLength={100} value={name} readOnly={!may} onChange={(event) => setName(event.target.value)} />
        </Field>
        <button type="submit" className={controls.button} disabled={!may || same || name.trim() === '' || rename.isPending}>
          Rename
        </button>
      </form>
      <FormError error={rename.error} />
    </section>
  );
}
