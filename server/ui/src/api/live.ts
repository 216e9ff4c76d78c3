import { useEffect, useRef } from 'react';
import { projectPath } from './http.ts';

/** Calls back with the ids of traces that were just written, while `on`. The browser reconnects by itself. */
export function useLive(projectId: string, on: boolean, touched: (ids: string[]) => void): void {
  const latest = useRef(touched);
  useEffect(() => {
    latest.current = touched;
  });
  useEffect(() => {
    if (!on) return;
    const source = new EventSource(`/api/ui${projectPath(projectId, 'live')}`);
    source.addEventListener('traces', (event) => {
      const data = JSON.parse((event as MessageEvent<string>).data) as { ids: string[] };
      latest.current(data.ids);
    });
    return () => source.close();
  }, [projectId, on]);
}
