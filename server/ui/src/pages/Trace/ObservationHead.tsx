import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ObservationDetail } from '../../api/observations.ts';
import controls from '../../components/controls.module.css';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import table from '../../components/table.module.css';
import { TypeTile } from '../../components/TypeTile.tsx';
import { cost, count, durationOfMicros, exact, exactCost } from '../../model/figures.ts';
import { extentOf, textOf, type Tree } from '../../model/skeleton.ts';
import styles from './detail.module.css';

interface Props {
  tree: Tree;
  node: number;
  observation: ObservationDetail | undefined;
  now: number;
  close: () => void;
}

function Fact({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <span title={title}>
      <i>{label}</i> {children}
    </span>
  );
}

/** The figures of an observation. All but the parameters and the error come with the skeleton, so they are there at once. */
export function ObservationHead({ tree, node, observation, now, close }: Props) {
  const { skeleton } = tree;
  const { projectId } = useParams({ from: '/project/$projectId/traces/$traceId' });
  const { start, end } = extentOf(tree, node, now);
  const ttft = skeleton.ttft[node]!;
  const running = skeleton.duration[node]! < 0;
  const model = textOf(skeleton.model, node);
  const thread = textOf(skeleton.thread, node);
  const tokens = skeleton.totalUsage[node] ?? 0;
  const own = skeleton.cost[node] ?? null;
  const perSecond = ttft >= 0 && !running && end - start > ttft ? ((skeleton.outputUsage[node] ?? 0) * 1e6) / (end - start - ttft) : 0;
  const parameters = Object.entries(observation?.model?.parameters ?? {}).filter(([, v]) => v !== null && typeof v !== 'object');
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <TypeTile type={textOf(skeleton.type, node)} />
        <h2 title={textOf(skeleton.name, node)}>{textOf(skeleton.name, node)}</h2>
        <span style={{ display: 'inline-flex' }}>
          <CopyButton text={skeleton.id[node]!} label="Copy the observation id (⇧Y)" />
          <button type="button" className={controls.copy} onClick={close} aria-label="Back to the whole trace" title="Back to the whole trace (Esc)">
            <Icon name="close" size={14} />
          </button>
        </span>
      </div>
      <div className={styles.facts}>
        <Fact label={running ? 'running' : 'took'} title={`${exact(Math.round(end - start))} µs`}>{durationOfMicros(end - start)}</Fact>
        <Fact label="at">+{start === 0 ? '0' : durationOfMicros(start)}</Fact>
        {ttft >= 0 && <Fact label="first token" title="from the start of the call">{durationOfMicros(ttft)}</Fact>}
        {tokens > 0 && (
          <Fact label="tokens" title={`${exact(tokens)} in all`}>
            {exact(skeleton.inputUsage[node] ?? 0)} → {exact(skeleton.outputUsage[node] ?? 0)}
          </Fact>
        )}
        {perSecond > 0 && <Fact label="speed" title="output tokens after the first one">{count(Math.round(perSecond))} tok/s</Fact>}
        {own !== null && <Fact label="cost" title={exactCost(own)}>{cost(own)}</Fact>}
        {thread !== '' && <Fact label="thread">{thread}</Fact>}
        {observation?.prompt && (
          <Fact label="prompt">
            <Link to="/project/$projectId/prompts/$" params={{ projectId, _splat: observation.prompt.name }} search={{ version: observation.prompt.version === null ? undefined : String(observation.prompt.version) }}>
              {observation.prompt.name} v{observation.prompt.version ?? '?'}
            </Link>
          </Fact>
        )}
      </div>
      {(model !== '' || parameters.length > 0) && (
        <div className={styles.facts}>
          {model !== '' && <span className={table.chip}><b>{model}</b></span>}
          {parameters.map(([key, value]) => (
            <span className={table.chip} key={key}>
              {key} <b>{String(value)}</b>
            </span>
          ))}
        </div>
      )}
      {observation && <Trouble observation={observation} />}
    </header>
  );
}

function Trouble({ observation }: { observation: ObservationDetail }) {
  const { level, statusMessage, metadata } = observation;
  const stack = Object.entries(metadata).find(([key]) => key.toLowerCase().endsWith('stacktrace'))?.[1] ?? null;
  if (level !== 'ERROR' && level !== 'WARNING' && !statusMessage) return null;
  if (level !== 'ERROR') return statusMessage ? <p className={level === 'WARNING' ? table.warning : table.second}>{statusMessage}</p> : null;
  return (
    <div className={styles.error}>
      <p className={styles.message}>{statusMessage ?? 'It failed without a message.'}</p>
      {stack !== null && (
        <details open>
          <summary>Stack</summary>
          <pre tabIndex={0}>{stack}</pre>
        </details>
      )}
    </div>
  );
}
