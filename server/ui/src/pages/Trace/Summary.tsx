import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TraceDetail } from '../../api/traces.ts';
import table from '../../components/table.module.css';
import { added } from '../../model/filter.ts';
import { cost, count, duration, durationOfMicros, exact, exactCost, plural } from '../../model/figures.ts';
import type { Tree } from '../../model/skeleton.ts';
import styles from './trace.module.css';

function Figure({ value, unit, title, bad }: { value: ReactNode; unit?: string; title: string; bad?: boolean }) {
  return (
    <span className={`${styles.figure} ${bad ? styles.bad : ''}`} title={title}>
      <b>{value}</b>
      {unit && <span>{unit}</span>}
    </span>
  );
}

/** The trace's totals, and the doors to its user, session and tags. */
export function Summary({ projectId, trace, tree }: { projectId: string; trace: TraceDetail; tree: Tree | null }) {
  const door = (key: string, label: string, value: string) => (
    <span className={styles.figure} key={label + value}>
      <span>{label}</span>
      <Link to="/project/$projectId/traces" params={{ projectId }} search={{ q: added('', key, value), range: 'all' }}>
        {value}
      </Link>
    </span>
  );
  const latency = trace.running && tree ? durationOfMicros(tree.span) : duration(trace.latencyMs);
  return (
    <div className={styles.summary}>
      {trace.running ? (
        <span className={table.running} title="Some observations have not ended">running {latency}</span>
      ) : (
        <Figure value={latency} title={trace.latencyMs === null ? 'unknown' : `${exact(trace.latencyMs)} ms from the first start to the last end`} />
      )}
      <Figure value={cost(trace.cost)} title={`${exactCost(trace.cost)}: the sum of its observations`} {...(trace.cost === null ? { unit: 'cost' } : {})} />
      {trace.totalUsage > 0 && (
        <Figure value={count(trace.totalUsage)} unit="tokens" title={`${exact(trace.inputUsage)} in, ${exact(trace.outputUsage)} out, ${exact(trace.totalUsage)} in all`} />
      )}
      <Figure value={count(trace.observationCount)} unit={trace.observationCount === 1 ? 'observation' : 'observations'} title={plural(trace.observationCount, 'observation')} />
      {trace.errorCount > 0 && <Figure bad value={trace.errorCount} unit={trace.errorCount === 1 ? 'error' : 'errors'} title="Observations with level ERROR" />}
      {trace.warningCount > 0 && <Figure value={trace.warningCount} unit={trace.warningCount === 1 ? 'warning' : 'warnings'} title="Observations with level WARNING" />}
      {trace.userId && (
        <span className={styles.figure}>
          <span>user</span>
          <Link to="/project/$projectId/users/$userId" params={{ projectId, userId: trace.userId }} search={{ range: 'all' }}>
            {trace.userId}
          </Link>
        </span>
      )}
      {trace.sessionId && (
        <span className={styles.figure}>
          <span>session</span>
          <Link to="/project/$projectId/sessions/$sessionId" params={{ projectId, sessionId: trace.sessionId }}>
            {trace.sessionId}
          </Link>
        </span>
      )}
      {trace.environment && trace.environment !== 'default' && door('env', 'env', trace.environment)}
      {trace.tags.length > 0 && (
        <span className={styles.chips}>
          {trace.tags.map((tag) => (
            <Link key={tag} className={table.chip} to="/project/$projectId/traces" params={{ projectId }} search={{ q: added('', 'tag', tag), range: 'all' }}>
              {tag}
            </Link>
          ))}
        </span>
      )}
      {trace.scores.filter((s) => s.observationId === null).map((score) => (
        <span className={table.chip} key={score.id} title={score.comment ?? score.source}>
          {score.name} <b>{score.value ?? score.stringValue}</b>
        </span>
      ))}
    </div>
  );
}
