import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { sessionQuery } from '../../api/session.ts';
import { usePreference } from '../../components/preferences.ts';
import { Failure, State } from '../../components/State.tsx';

/** Leads to the project last seen, or the first one. */
export function HomePage() {
  const session = useQuery(sessionQuery);
  const last = usePreference('project', '');
  if (session.error) return <main><Failure error={session.error} retry={() => void session.refetch()} /></main>;
  if (session.data === undefined) return null;
  if (session.data === null) return <Navigate to="/login" replace />;
  const project = session.data.projects.find((p) => p.id === last) ?? session.data.projects[0];
  if (project) return <Navigate to="/project/$projectId/traces" params={{ projectId: project.id }} replace />;
  return (
    <main>
      <State title="You are in no project yet">
        <p>Ask an owner of the organisation to add {session.data.user.email} to a project.</p>
      </State>
    </main>
  );
}
