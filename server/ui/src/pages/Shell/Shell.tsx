import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { sessionQuery } from '../../api/session.ts';
import { useKeys } from '../../components/keys.ts';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { State } from '../../components/State.tsx';
import { Palette } from './Palette.tsx';
import { PAGES } from './pages.ts';
import { ShellContext } from './shellContext.ts';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { Sidebar } from './Sidebar.tsx';
import styles from './shell.module.css';

const NEXT_THEME: Record<string, string> = { system: 'light', light: 'dark', dark: 'system' };

/** The frame of every page of a project: sidebar, palette, keys. */
export function Shell() {
  const { projectId } = useParams({ from: '/project/$projectId' });
  const session = useQuery(sessionQuery).data;
  const location = useLocation();
  const navigate = useNavigate();
  const folded = usePreference('sidebar', 'open') === 'folded';
  const theme = usePreference('theme', 'system');
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null);
  const [drawer, setDrawer] = useState(false);
  useEffect(() => setDrawer(false), [location.pathname]);
  useEffect(() => setPreference('project', projectId), [projectId]);
  useKeys({
    'mod+k': () => setOverlay(overlay === 'palette' ? null : 'palette'),
    '?': () => setOverlay('keys'),
    '[': () => setPreference('sidebar', folded ? 'open' : 'folded'),
    t: () => setPreference('theme', NEXT_THEME[theme] ?? 'system'),
    ...Object.fromEntries(PAGES.map((page) => [page.keys, () => void navigate({ to: page.to, params: { projectId } })])),
  });
  if (session === null) return <Navigate to="/login" search={{ to: location.href }} />;
  if (session === undefined) return null;
  const project = session.projects.find((p) => p.id === projectId);
  const close = () => setOverlay(null);
  return (
    <ShellContext value={{ openSidebar: () => setDrawer(true) }}>
      <div className={styles.shell}>
        <Sidebar session={session} projectId={projectId} folded={folded} drawer={drawer} help={() => setOverlay('keys')} />
        {drawer && <button type="button" className={styles.backdrop} aria-label="Close menu" onClick={() => setDrawer(false)} />}
        <div className={styles.content}>
          {project ? (
            <Outlet />
          ) : (
            <main>
              <State title="You cannot see this project" actions={<a href="/">Go to your project</a>}>
                <p>
                  There is no project <code>{projectId}</code>, or {session.user.email} is not a member of it.
                </p>
              </State>
            </main>
          )}
        </div>
      </div>
      {overlay === 'palette' && <Palette projectId={projectId} close={close} />}
      {overlay === 'keys' && <ShortcutsDialog close={close} />}
    </ShellContext>
  );
}
