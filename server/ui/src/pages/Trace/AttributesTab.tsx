import { useState } from 'react';
import type { ObservationDetail } from '../../api/observations.ts';
import type { TraceDetail } from '../../api/traces.ts';
import { LongText } from '../../components/LongText.tsx';
import { exactTime } from '../../model/figures.ts';
import styles from './detail.module.css';

type Pairs = [string, string][];

const known = (pairs: [string, string | null | undefined][]): Pairs => pairs.filter((p): p is [string, string] => Boolean(p[1]));
const time = (iso: string | null) => (iso === null ? null : exactTime(Date.parse(iso)));

export function traceFacts(trace: TraceDetail): Pairs {
  return known([
    ['id', trace.id],
    ['name', trace.name],
    ['started', time(trace.timestamp)],
    ['user', trace.userId],
    ['session', trace.sessionId],
    ['environment', trace.environment],
    ['release', trace.release],
    ['version', trace.version],
    ['tags', trace.tags.join(', ')],
    ['received', time(trace.createdAt)],
    ['changed', time(trace.updatedAt)],
  ]);
}

export function observationFacts(observation: ObservationDetail, thread: string): Pairs {
  return known([
    ['id', observation.id],
    ['parent', observation.parentId],
    ['type', observation.type],
    ['level', observation.level],
    ['started', time(observation.startTime)],
    ['first token', time(observation.completionStartTime)],
    ['ended', time(observation.endTime)],
    ['thread', thread],
    ['environment', observation.environment],
    ['version', observation.version],
    ['prompt', observation.prompt ? `${observation.prompt.name} v${observation.prompt.version ?? '?'}` : null],
  ]);
}

/** Everything that was sent besides the payloads, in one list that can be searched. */
export function AttributesTab({ facts, metadata }: { facts: Pairs; metadata: Record<string, string> }) {
  const [wanted, setWanted] = useState('');
  const fits = ([key, value]: [string, string]) => `${key} ${value}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <>
      <input className={styles.filter} aria-label="Search attributes" placeholder="Search keys and values" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      <PairList title="Facts" pairs={facts.filter(fits)} />
      <PairList title="Metadata" pairs={Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)).filter(fits)} />
    </>
  );
}

function PairList({ title, pairs }: { title: string; pairs: Pairs }) {
  return (
    <section className={styles.section}>
      <header>
        <h3>{title}</h3>
      </header>
      {pairs.length === 0 ? (
        <p className={styles.empty}>None.</p>
      ) : (
        <dl className={styles.pairs}>
          {pairs.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>
                <LongText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
