import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect, type ErrorComponentProps } from '@tanstack/react-router';
import { sessionQuery } from './api/session.ts';
import { projectOfTrace } from './api/traces.ts';
import { State } from './components/State.tsx';
import { projectRoute, rootRoute, strings } from './routes/base.tsx';
import { projectPages } from './routes/project.tsx';

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/Account/HomePage.tsx'), 'HomePage'),
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: strings('to'),
  component: lazyRouteComponent(() => import('./pages/Account/LoginPage.tsx'), 'LoginPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/$token',
  component: lazyRouteComponent(() => import('./pages/Account/SetupPage.tsx'), 'SetupPage'),
});

/** The address clients build without knowing the project. */
const findTraceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/trace/$traceId',
  beforeLoad: async ({ context, location, params }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/login', search: { to: location.href } });
    const projectId = await projectOfTrace(params.traceId);
    throw redirect({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: params.traceId }, replace: true });
  },
});

function NotFound() {
  return (
    <main>
      <State title="There is no such page" actions={<a href="/">Go to your project</a>}>
        <p>The address may be mistyped, or the page may have moved.</p>
      </State>
    </main>
  );
}

function Broken({ error }: ErrorComponentProps) {
  return (
    <main>
      <State alert title="This page broke" actions={<a href="">Load it again</a>}>
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </State>
    </main>
  );
}

const routeTree = rootRoute.addChildren([
  homeRoute,
  loginRoute,
  setupRoute,
  findTraceRoute,
  projectRoute.addChildren(projectPages),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Broken,
    // Addresses hold plain strings, as clients build them: an id of digits stays an id.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const set = new URLSearchParams();
      for (const [key, value] of Object.entries(search)) if (typeof value === 'string' && value !== '') set.set(key, value);
      const written = set.toString();
      return written === '' ? '' : `?${written}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
