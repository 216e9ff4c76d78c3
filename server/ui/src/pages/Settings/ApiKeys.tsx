import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery, deleteApiKey, type ApiKey } from '../../api/settings.ts';
import { Confirm } from '../../components/Confirm.tsx';
import controls from '../../components/controls.module.css';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Failure } from '../../components/State.tsx';
import { ago, exactTime } from '../../model/figures.ts';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import styles from './settings.module.css';

/** The key pairs of a project: when each was used last, and how to end it. */
export function ApiKeys({ projectId, may }: { projectId: string; may: boolean }) {
  const client = useQueryClient();
  const query = useQuery(apiKeysQuery(projectId));
  const [making, make] = useState(false);
  const [doomed, doom] = useState<ApiKey | null>(null);
  const again = () => client.invalidateQueries({ queryKey: apiKeysQuery(projectId).queryKey });
  const now = Date.now();
  const when = (iso: string) => <span title={exactTime(Date.parse(iso))}>{ago(Date.parse(iso), now)}</span>;
  return (
    <section>
      <div className={styles.head}>
        <h2>API keys</h2>
        {may && (
          <button type="button" className={controls.primary} onClick={() => make(true)}>
            <Icon name="plus" size={14} /> New key
          </button>
        )}
      </div>
      <p>Programs send and read with a pair of keys. The secret one is shown once, when the pair is made; the server keeps only its hash.</p>
      {query.error ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : query.data?.length === 0 ? (
        <p>This project has no keys: no program can reach it.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="API keys">
          <table className={styles.table}>
            <thead>
              <tr>
                {['Note', 'Public key', 'Secret key', 'Made', 'Last used'].map((head) => <th key={head} scope="col">{head}</th>)}
                <td />
              </tr>
            </thead>
            <tbody>
              {query.data?.map((key) => (
                <tr key={key.id}>
                  <td>{key.note || '–'}</td>
                  <td><code>{key.publicKey}</code> <CopyButton text={key.publicKey} label="Copy the public key" /></td>
                  <td><code>{key.displaySecret}</code></td>
                  <td>{when(key.createdAt)}</td>
                  <td>{key.lastUsedAt === null ? 'never' : when(key.lastUsedAt)}</td>
                  <td>
                    {may && (
                      <button type="button" className={controls.ghost} aria-label={`Delete the key ${key.publicKey}`} title="Delete the key" onClick={() => doom(key)}>
                        <Icon name="trash" />
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {making && <NewKeyDialog projectId={projectId} close={() => { make(false); void again(); }} />}
      {doomed && (
        <Confirm danger title="Delete this key?" action="Delete the key" run={async () => { await deleteApiKey(projectId, doomed.id); await again(); }} close={() => doom(null)}>
          <p>Programs that use <code>{doomed.publicKey}</code> are refused from then on. {doomed.lastUsedAt === null ? 'It was never used.' : `It was last used ${ago(Date.parse(doomed.lastUsedAt), now)}.`}</p>
        </Confirm>
      )}
    </section>
  );
}
