import { useQuery } from '@tanstack/react-query';
import { onboardingQuery } from '../../api/onboarding.ts';
import { traceCountQuery, type TraceQuestion } from '../../api/traces.ts';
import controls from '../../components/controls.module.css';
import { State } from '../../components/State.tsx';
import { exact } from '../../model/figures.ts';
import { terms, without } from '../../model/filter.ts';
import { rangeLabel } from '../../model/time.ts';
import { Onboarding } from '../Onboarding/Onboarding.tsx';

/** Why there is nothing to see: the filter, the time range, or a project that has not begun. */
export function EmptyList({ projectId, question, ask }: { projectId: string; question: TraceQuestion; ask: (next: TraceQuestion) => void }) {
  const onboarding = useQuery(onboardingQuery(projectId));
  const q = question.q ?? '';
  const unfiltered = useQuery({ ...traceCountQuery(projectId, { ...question, q: undefined }), enabled: q !== '' });
  if (onboarding.isPending) return null;
  if (onboarding.data && !onboarding.data.tracesReceived) return <Onboarding projectId={projectId} onboarding={onboarding.data} />;
  const everything = (
    <button type="button" className={controls.button} onClick={() => ask({ range: 'all', from: undefined, to: undefined })}>
      Search all time
    </button>
  );
  if (q === '') {
    return (
      <State title={`No traces: ${rangeLabel(question).toLowerCase()}`} actions={everything}>
        <p>There are older ones. New traces appear here by themselves.</p>
      </State>
    );
  }
  const parts = terms(q).filter((t) => t.kind === 'term' || t.kind === 'text');
  return (
    <State
      title={unfiltered.data ? `0 of ${exact(unfiltered.data.count)} match` : 'Nothing matches'}
      actions={
        <>
          {parts.map((term) => (
            <button type="button" className={controls.button} key={term.start} onClick={() => ask({ q: without(q, term) || undefined })}>
              Remove <code>{q.slice(term.start, term.end)}</code>
            </button>
          ))}
          {everything}
        </>
      }
    >
      <p>
        No trace matches the filter, {rangeLabel(question).toLowerCase()}.
      </p>
    </State>
  );
}
