import { queryOptions } from '@tanstack/react-query';
import { ApiError, get, post, useCsrfToken } from './http.ts';

export interface Project {
  id: string;
  name: string;
  organisation: { id: string; name: string };
  role: string;
}

export interface Session {
  user: { id: string; email: string; name: string };
  csrf: string;
  projects: Project[];
  version: string;
}

function remember(session: Session): Session {
  useCsrfToken(session.csrf);
  return session;
}

/** Who is signed in; null for nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return remember(await get<Session>('/session', signal));
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 401) return null;
      throw failure;
    }
  },
});

export async function signIn(email: string, password: string): Promise<Session> {
  return remember(await post<Session>('/login', { email, password }));
}

export function signOut(): Promise<void> {
  return post('/logout', {});
}

export const stateQuery = queryOptions({
  queryKey: ['state'],
  queryFn: ({ signal }) => get<{ setupNeeded: boolean }>('/state', signal),
});

export function setupQuery(token: string) {
  return queryOptions({
    queryKey: ['setup', token],
    retry: false,
    queryFn: ({ signal }) => get<{ valid: boolean }>(`/setup/${encodeURIComponent(token)}`, signal),
  });
}

export async function setUp(token: string, account: { name: string; email: string; password: string }): Promise<Session> {
  return remember(await post<Session>(`/setup/${encodeURIComponent(token)}`, account));
}
