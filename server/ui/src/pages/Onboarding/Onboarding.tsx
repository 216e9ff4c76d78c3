import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLive } from '../../api/live.ts';
import type { Onboarding as State } from '../../api/onboarding.ts';
import { newestTraces } from '../../api/traces.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { snippets } from '../../model/snippets.ts';
import styles from './onboarding.module.css';

const POLL_MILLIS = 3000;

/** How to send the first trace, and a wait that ends by showing it. */
export function Onboarding({ projectId, onboarding }: { projectId: string; onboarding: State }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const all = snippets(onboarding.host, onboarding.publicKey ?? 'pk-lf-…');
  const [chosen, choose] = useState(all[0]!.key);
  const snippet = all.find((s) => s.key === chosen) ?? all[0]!;
  const look = async () => {
    const first = (await newestTraces(projectId, { range: 'all' }, 1)).rows[0];
    if (!first) return;
    await client.invalidateQueries({ queryKey: ['onboarding', projectId] });
    await navigate({ to: '/project/$projectId/traces/$traceId', params: { projectId, traceId: first.id } });
  };
  // Whoever looks again every three seconds need not be told that one look failed.
  const tryLook = () => void look().catch(() => undefined);
  useLive(projectId, true, tryLook);
  useEffect(() => {
    const timer = setInterval(tryLook, POLL_MILLIS);
    return () => clearInterval(timer);
  });
  return (
    <div className={styles.page}>
      <h2>Send the first trace</h2>
      <p className={styles.lead}>
        Your keys exist already: the public one is filled in below, the secret one was shown when the server first started and is in{' '}
        <code>first-key.env</code> of its data directory.
      </p>
      <div className={styles.waiting} role="status">
        <i /> Waiting for the first trace. This page opens it by itself.
      </div>
      <div className={styles.card}>
        <Tabs label="How to send" tabs={all.map((s) => ({ key: s.key, label: s.label }))} chosen={snippet.key} choose={choose} />
        <div role="tabpanel" id={`tabpanel-${snippet.key}`} aria-labelledby={`tab-${snippet.key}`} className={styles.panel}>
          <p>{snippet.note}</p>
          <div className={styles.code}>
            <pre tabIndex={0}>{snippet.code}</pre>
            <CopyButton text={snippet.code} label="Copy the commands" />
          </div>
        </div>
      </div>
    </div>
  );
}
