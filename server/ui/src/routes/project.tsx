import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { projectRoute, strings } from './base.tsx';

const projectHomeRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/project/$projectId/traces', params, replace: true });
  },
});

const tracesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'traces',
  validateSearch: strings('q', 'range', 'from', 'to'),
  component: lazyRouteComponent(() => import('../pages/Traces/TracesPage.tsx'), 'TracesPage'),
});

const traceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'traces/$traceId',
  validateSearch: strings('observation', 'view', 'find'),
  component: lazyRouteComponent(() => import('../pages/Trace/TracePage.tsx'), 'TracePage'),
});

const sessionsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'sessions',
  validateSearch: strings('q', 'range', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('../pages/Groups/SessionsPage.tsx'), 'SessionsPage'),
});

const sessionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'sessions/$sessionId',
  component: lazyRouteComponent(() => import('../pages/Session/SessionPage.tsx'), 'SessionPage'),
});

const usersRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'users',
  validateSearch: strings('q', 'range', 'from', 'to', 'sort'),
  component: lazyRouteComponent(() => import('../pages/Groups/UsersPage.tsx'), 'UsersPage'),
});

const userRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'users/$userId',
  validateSearch: strings('range', 'from', 'to', 'view'),
  component: lazyRouteComponent(() => import('../pages/User/UserPage.tsx'), 'UserPage'),
});

const promptsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'prompts',
  validateSearch: strings('folder', 'find'),
});

/** An index of its own: the rest of a path may be empty, and would then win. */
const promptListRoute = createRoute({
  getParentRoute: () => promptsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/Prompts/PromptsPage.tsx'), 'PromptsPage'),
});

const newPromptRoute = createRoute({
  getParentRoute: () => promptsRoute,
  path: 'new',
  component: lazyRouteComponent(() => import('../pages/Prompt/NewPromptPage.tsx'), 'NewPromptPage'),
});

/** Names of prompts may contain slashes. */
const promptRoute = createRoute({
  getParentRoute: () => promptsRoute,
  path: '$',
  validateSearch: strings('version', 'view', 'with', 'edit'),
  component: lazyRouteComponent(() => import('../pages/Prompt/PromptPage.tsx'), 'PromptPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('../pages/Settings/SettingsPage.tsx'), 'SettingsPage'),
});

/** The pages of a project. */
export const projectPages = [projectHomeRoute, tracesRoute, traceRoute, sessionsRoute, sessionRoute, usersRoute, userRoute, promptsRoute.addChildren([promptListRoute, newPromptRoute, promptRoute]), settingsRoute] as const;
