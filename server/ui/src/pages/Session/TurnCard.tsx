import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Turn } from '../../api/groups.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { LongText } from '../../components/LongText.tsx';
import { Payload } from '../../components/Payload.tsx';
import table from '../../components/table.module.css';
import { clock, cost, count, duration, exact, exactCost, exactTime, plural } from '../../model/figures.ts';
import { saidIn } from '../../model/said.ts';
import { scoreChips } from '../List/cells.tsx';
import styles from './session.module.css';

/** One trace of a session: what was asked, what was answered, and what it took. */
export function TurnCard({ projectId, turn, number, total }: { projectId: string; turn: Turn; number: number; total: number }) {
  const at = Date.parse(turn.timestamp);
  const name = turn.name ?? turn.id;
  return (
    <article className={styles.turn} aria-posinset={number} aria-setsize={total} aria-label={`Turn ${number}, ${name}`}>
      <header>
        <span className={styles.number}>{number}</span>
        <Link to="/project/$projectId/traces/$traceId" params={{ projectId, traceId: turn.id }} preload={false} className={table.link} title="Open the trace">
          {name}
        </Link>
        <time dateTime={turn.timestamp} title={exactTime(at)}>
          {clock(at, Date.now())}
        </time>
        <span className={styles.facts}>
          {turn.errorCount > 0 && <span className={table.error}>{plural(turn.errorCount, 'error')}</span>}
          {scoreChips(turn.scores)}
          <span>{duration(turn.latencyMs)}</span>
          {turn.totalUsage > 0 && <span title={`${exact(turn.inputUsage)} in, ${exact(turn.outputUsage)} out`}>{count(turn.totalUsage)} tokens</span>}
          {turn.cost !== null && <span title={exactCost(turn.cost)}>{cost(turn.cost)}</span>}
        </span>
      </header>
      <Side who={turn.userId ?? 'Input'} raw={turn.input} length={turn.inputLength} kind="asked" missing="No input was recorded." />
      <Side who="Output" raw={turn.output} length={turn.outputLength} kind="answered" missing={turn.errorCount > 0 ? 'It failed, and there is no output.' : 'No output was recorded.'} />
    </article>
  );
}

function Side({ who, raw, length, kind, missing }: { who: string; raw: string | null; length: number; kind: 'asked' | 'answered'; missing: string }) {
  const said = useMemo(() => (raw === null || raw === '' ? null : saidIn(raw)), [raw]);
  const cut = raw !== null && length > raw.length;
  return (
    <section className={styles.side} data-kind={kind}>
      <div className={styles.who}>
        <b>{who}</b>
        {raw !== null && <CopyButton text={said?.kind === 'words' ? said.words : raw} label={`Copy the ${kind === 'asked' ? 'input' : 'output'}`} />}
      </div>
      {said === null ? <p className={table.quiet}>{missing}</p> : said.kind === 'words' ? <LongText text={said.words} /> : <Payload raw={said.raw} label={who} />}
      {cut && <p className={table.quiet}>{`The first ${exact(raw.length)} of ${exact(length)} characters; the trace has all of them.`}</p>}
    </section>
  );
}
