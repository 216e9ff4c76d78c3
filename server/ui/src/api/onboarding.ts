import { queryOptions } from '@tanstack/react-query';
import { get, projectPath } from './http.ts';

export interface Onboarding {
  host: string;
  publicKey: string | null;
  tracesReceived: boolean;
}

export function onboardingQuery(projectId: string) {
  return queryOptions({
    queryKey: ['onboarding', projectId],
    queryFn: ({ signal }) => get<Onboarding>(projectPath(projectId, 'onboarding'), signal),
  });
}
