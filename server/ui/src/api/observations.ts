import { queryOptions } from '@tanstack/react-query';
import type { Usd } from '../model/units.ts';
import { get, projectPath, queryString } from './http.ts';
import type { Score } from './traces.ts';

/** The model's part of an observation. Prices are USD per unit of usage; null where no price was known. */
export interface ModelUse {
  name: string | null;
  modelId: string | null;
  tier: string | null;
  parameters: Record<string, unknown> | null;
  usage: Record<string, number>;
  cost: Record<string, Usd>;
  totalCost: Usd | null;
  costProvided: boolean;
  prices: Record<string, Usd> | null;
}

export interface ObservationDetail {
  id: string;
  traceId: string;
  parentId: string | null;
  type: string;
  name: string | null;
  startTime: string;
  endTime: string | null;
  completionStartTime: string | null;
  level: string;
  statusMessage: string | null;
  version: string | null;
  environment: string | null;
  model: ModelUse | null;
  prompt: { name: string; version: number | null } | null;
  input: string | null;
  output: string | null;
  metadata: Record<string, string>;
  scores: Score[];
}

export function observationQuery(projectId: string, traceId: string, observationId: string) {
  return queryOptions({
    queryKey: ['observation', projectId, traceId, observationId],
    staleTime: 30_000,
    queryFn: async ({ signal }) => {
      const path = projectPath(projectId, 'observations', observationId) + queryString({ traceId });
      return (await get<{ observation: ObservationDetail }>(path, signal)).observation;
    },
  });
}
