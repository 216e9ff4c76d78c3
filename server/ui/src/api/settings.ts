import { queryOptions } from '@tanstack/react-query';
import { del, get, patch, post, projectPath } from './http.ts';

/** A key pair as it can be shown again: the secret itself is not kept. */
export interface ApiKey {
  id: string;
  publicKey: string;
  displaySecret: string;
  note: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

/** A key pair at the one moment its secret is known. */
export interface NewApiKey {
  publicKey: string;
  secretKey: string;
}

export function apiKeysQuery(projectId: string) {
  return queryOptions({
    queryKey: ['api-keys', projectId],
    queryFn: async ({ signal }) => (await get<{ keys: ApiKey[] }>(projectPath(projectId, 'keys'), signal)).keys,
  });
}

export function createApiKey(projectId: string, note: string): Promise<NewApiKey> {
  return post(projectPath(projectId, 'keys'), { note });
}

export function deleteApiKey(projectId: string, keyId: string): Promise<unknown> {
  return del(projectPath(projectId, 'keys', keyId));
}

export function renameProject(projectId: string, name: string): Promise<unknown> {
  return patch(projectPath(projectId, 'project'), { name });
}
