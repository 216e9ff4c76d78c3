import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { signOut, sessionQuery, type Session } from '../../api/session.ts';
import { Brand } from '../../components/Brand.tsx';
import controls from '../../components/controls.module.css';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { setPreference, usePreference } from '../../components/preferences.ts';
import { PAGES } from './pages.ts';
import styles from './shell.module.css';

const THEMES: { key: string; label: string; icon: IconName }[] = [
  { key: 'system', label: 'As the system', icon: 'system' },
  { key: 'light', label: 'Light', icon: 'sun' },
  { key: 'dark', label: 'Dark', icon: 'moon' },
];

interface Props {
  session: Session;
  projectId: string;
  folded: boolean;
  drawer: boolean;
  help: () => void;
}

/** Where one can go in this project, and the few settings that follow the user everywhere. */
export function Sidebar({ session, projectId, folded, drawer, help }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const theme = usePreference('theme', 'system');
  const project = session.projects.find((p) => p.id === projectId);
  const fold = () => setPreference('sidebar', folded ? 'open' : 'folded');
  const leave = () => {
    void signOut().finally(() => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/login' });
    });
  };
  return (
    <nav className={styles.sidebar} aria-label="Main" data-folded={folded && !drawer ? '' : undefined} data-open={drawer ? '' : undefined}>
      <div className={styles.brand}>
        <span>
          <Brand />
          <span className={styles.label}>Sonde</span>
        </span>
        {!folded && (
          <button type="button" className={controls.ghost} onClick={fold} aria-label="Fold the sidebar" title="Fold the sidebar ([)">
            <Icon name="sidebar" />
          </button>
        )}
      </div>
      <div className={styles.project}>
        <small>{project?.organisation.name ?? 'Project'}</small>
        {session.projects.length > 1 ? (
          <select aria-label="Project" value={projectId} onChange={(e) => void navigate({ to: '/project/$projectId/traces', params: { projectId: e.target.value } })}>
            {session.projects.map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
          </select>
        ) : (
          <strong title={project?.name}>{project?.name ?? projectId}</strong>
        )}
      </div>
      {PAGES.map((page) => (
        <Link key={page.to} to={page.to} params={{ projectId }} className={styles.item} title={`${page.name} (${page.keys.toUpperCase()})`}>
          <Icon name={page.icon} />
          <span className={styles.label}>{page.name}</span>
        </Link>
      ))}
      <div className={styles.foot}>
        <div className={`${styles.account} ${styles.label}`} title={session.user.email}>
          {session.user.name || session.user.email}
        </div>
        <div className={styles.footRow}>
          {folded && (
            <button type="button" className={controls.ghost} onClick={fold} aria-label="Unfold the sidebar" title="Unfold the sidebar ([)">
              <Icon name="sidebar" />
            </button>
          )}
          <Menu
            ghost
            up
            label="Theme"
            button={<Icon name={THEMES.find((t) => t.key === theme)?.icon ?? 'system'} />}
            choices={THEMES.map((t) => ({ ...t, icon: <Icon name={t.icon} /> }))}
            chosen={theme}
            choose={(key) => setPreference('theme', key)}
          />
          <button type="button" className={controls.ghost} onClick={help} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
            <Icon name="help" />
          </button>
          <button type="button" className={controls.ghost} onClick={leave} aria-label="Sign out" title="Sign out">
            <Icon name="signout" />
          </button>
        </div>
      </div>
    </nav>
  );
}
