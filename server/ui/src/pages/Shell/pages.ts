import type { IconName } from '../../components/Icon.tsx';

/** The pages of a project, as the sidebar, the palette and the keys know them. */
export const PAGES = [
  { to: '/project/$projectId/traces', name: 'Tracing', icon: 'tracing', keys: 'g t' },
  { to: '/project/$projectId/sessions', name: 'Sessions', icon: 'session', keys: 'g s' },
  { to: '/project/$projectId/users', name: 'Users', icon: 'users', keys: 'g u' },
  { to: '/project/$projectId/prompts', name: 'Prompts', icon: 'prompt', keys: 'g p' },
  { to: '/project/$projectId/settings', name: 'Settings', icon: 'settings', keys: 'g ,' },
] as const satisfies readonly { to: string; name: string; icon: IconName; keys: string }[];
