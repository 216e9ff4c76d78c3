import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PromptMessage } from '../model/template.ts';
import type { Millis, Usd } from '../model/units.ts';
import { del, get, post, projectPath, queryString } from './http.ts';

export interface PromptRow {
  name: string;
  type: 'text' | 'chat';
  /** How many there are. */
  versions: number;
  latest: number;
  production: number | null;
  labels: string[];
  tags: string[];
  updatedAt: string;
  /** Generations made from it in the last seven days. */
  uses: number;
}

export interface PromptVersion {
  version: number;
  labels: string[];
  commitMessage: string | null;
  author: string;
  createdAt: string;
  updatedAt: string;
}

/** A text, or messages. */
export type PromptContent = string | PromptMessage[];

export interface PromptDetail extends PromptVersion {
  name: string;
  type: 'text' | 'chat';
  prompt: PromptContent;
  config: unknown;
  /** With everything embedded put in place; null when it embeds nothing. */
  resolved?: PromptContent | null;
  /** Why what it embeds cannot be put in place. */
  unresolved?: string;
}

export interface PromptUse {
  version: number;
  uses: number;
  failed: number;
  lastUsed: string;
  medianMs: Millis | null;
  inputUsage: number;
  outputUsage: number;
  cost: Usd | null;
  priced: number;
  scores: Record<string, number>;
}

export interface GenerationRow {
  id: string;
  traceId: string;
  name: string | null;
  startTime: string;
  latencyMs: Millis | null;
  level: string;
  model: string | null;
  promptVersion: number | null;
  inputUsage: number;
  outputUsage: number;
  cost: Usd | null;
  inputPreview: string | null;
  outputPreview: string | null;
}

export function promptsQuery(projectId: string) {
  return queryOptions({
    queryKey: ['prompts', projectId],
    queryFn: ({ signal }) => get<{ rows: PromptRow[]; total: number }>(projectPath(projectId, 'prompts'), signal),
  });
}

export function versionsQuery(projectId: string, name: string) {
  return queryOptions({
    queryKey: ['prompt', projectId, name, 'versions'],
    queryFn: ({ signal }) =>
      get<{ name: string; type: 'text' | 'chat'; tags: string[]; versions: PromptVersion[] }>(projectPath(projectId, 'prompts', 'versions') + queryString({ name }), signal),
  });
}

export function versionQuery(projectId: string, name: string, version: number) {
  return queryOptions({
    queryKey: ['prompt', projectId, name, 'version', version],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await get<{ prompt: PromptDetail }>(projectPath(projectId, 'prompts', 'version') + queryString({ name, version }), signal)).prompt,
  });
}

export function usesQuery(projectId: string, name: string, from: string | undefined) {
  return queryOptions({
    queryKey: ['prompt', projectId, name, 'uses', from],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await get<{ uses: PromptUse[] }>(projectPath(projectId, 'prompts', 'uses') + queryString({ name, from }), signal)).uses,
  });
}

const PAGE = 100;

export function generationsQuery(projectId: string, name: string, version: number | undefined) {
  return infiniteQueryOptions({
    queryKey: ['generations', projectId, name, version],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) =>
      get<{ rows: GenerationRow[]; cursor: string | null }>(
        projectPath(projectId, 'prompts', 'generations') + queryString({ name, version, cursor: pageParam, limit: PAGE }),
        signal,
      ),
    getNextPageParam: (last) => last.cursor,
  });
}

/** A version to be, as the server takes it. */
export interface PromptToSave {
  name: string;
  type: 'text' | 'chat';
  prompt: PromptContent;
  config: unknown;
  labels: string[];
  tags?: string[];
  commitMessage: string;
}

export async function savePrompt(projectId: string, prompt: PromptToSave): Promise<PromptDetail> {
  return (await post<{ prompt: PromptDetail }>(projectPath(projectId, 'prompts'), prompt)).prompt;
}

export function labelPrompt(projectId: string, name: string, version: number, newLabels: string[]): Promise<unknown> {
  return post(projectPath(projectId, 'prompts', 'labels'), { name, version, newLabels });
}

/** Deletes a version; without one, the whole prompt. */
export function deletePrompt(projectId: string, name: string, version?: number): Promise<unknown> {
  return del(projectPath(projectId, 'prompts') + queryString({ name, version }));
}
