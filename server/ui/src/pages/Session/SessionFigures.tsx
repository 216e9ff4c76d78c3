import { Link } from '@tanstack/react-router';
import type { GroupRow } from '../../api/groups.ts';
import type { Score } from '../../api/traces.ts';
import { Figure, Figures } from '../../components/Figures.tsx';
import { ago, cost, count, duration, exact, exactCost, exactTime, plural } from '../../model/figures.ts';

/** The session's sums, and the doors to its users. */
export function SessionFigures({ projectId, session, scores }: { projectId: string; session: GroupRow; scores: Score[] }) {
  return (
    <Figures>
      <Figure name="Turns" value={count(session.traces)} title={plural(session.traces, 'trace')} />
      <Figure name="Duration" value={duration(session.durationMs)} title="from the first start to the last end, pauses included" />
      <Figure name="Cost" value={cost(session.cost)} title={exactCost(session.cost)} />
      <Figure name="Tokens" value={session.totalUsage === 0 ? '–' : count(session.totalUsage)} title={`${exact(session.inputUsage)} in, ${exact(session.outputUsage)} out`} />
      {session.failed > 0 && <Figure bad name="Failed" value={plural(session.failed, 'turn')} title="turns with at least one error" />}
      <Figure name="Last seen" value={ago(Date.parse(session.lastSeen), Date.now())} title={exactTime(Date.parse(session.lastSeen))} />
      {session.userIds.length > 0 && (
        <Figure
          name={session.users === 1 ? 'User' : 'Users'}
          value={
            <>
              {session.userIds.map((user, i) => (
                <span key={user}>
                  {i > 0 && ', '}
                  <Link to="/project/$projectId/users/$userId" params={{ projectId, userId: user }} search={{ range: 'all' }}>
                    {user}
                  </Link>
                </span>
              ))}
              {session.users > session.userIds.length && ` +${session.users - session.userIds.length}`}
            </>
          }
        />
      )}
      {scores.map((score) => (
        <Figure key={score.id} name={score.name} value={score.stringValue ?? score.value} title={score.comment ?? `given to the session, ${score.source.toLowerCase()}`} />
      ))}
      {Object.entries(session.scores).map(([name, value]) => (
        <Figure key={name} name={`mean ${name}`} value={Number(value.toFixed(3))} title="mean over the turns that have this score" />
      ))}
    </Figures>
  );
}
