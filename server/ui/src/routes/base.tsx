import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import { Shell } from '../pages/Shell/Shell.tsx';

/** Keeps the strings of an address and drops everything else. */
export function strings<K extends string>(...keys: K[]) {
  return (search: Record<string, unknown>): Partial<Record<K, string>> => {
    const kept: Partial<Record<K, string>> = {};
    for (const key of keys) if (typeof search[key] === 'string' && search[key] !== '') kept[key] = search[key];
    return kept;
  };
}

export const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet });

/** Everything of one project, for those who are signed in. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/project/$projectId',
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/login', search: { to: location.href } });
  },
  component: Shell,
});
