import type { ReactNode } from 'react';
import controls from '../../components/controls.module.css';
import { State } from '../../components/State.tsx';
import { terms, without } from '../../model/filter.ts';
import { rangeLabel, type TimeRange } from '../../model/time.ts';

interface Props {
  noun: string;
  q: string;
  question: TimeRange;
  ask: (next: { q?: string | undefined } & TimeRange) => void;
  /** Where such rows come from, for a project that has none. */
  children: ReactNode;
}

/** Why a list has no rows, and what would bring some. */
export function EmptyRows({ noun, q, question, ask, children }: Props) {
  const parts = terms(q).filter((t) => t.kind === 'term' || t.kind === 'text');
  return (
    <State
      title={q === '' ? `No ${noun}: ${rangeLabel(question).toLowerCase()}` : 'Nothing matches'}
      actions={
        <>
          {parts.map((term) => (
            <button type="button" className={controls.button} key={term.start} onClick={() => ask({ q: without(q, term) || undefined })}>
              Remove <code>{q.slice(term.start, term.end)}</code>
            </button>
          ))}
          {question.range !== 'all' && (
            <button type="button" className={controls.button} onClick={() => ask({ range: 'all', from: undefined, to: undefined })}>
              Search all time
            </button>
          )}
        </>
      }
    >
      {q === '' ? children : <p>No {noun} match the filter, {rangeLabel(question).toLowerCase()}.</p>}
    </State>
  );
}
