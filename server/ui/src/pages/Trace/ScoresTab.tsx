import type { Score } from '../../api/traces.ts';
import { ago, exactTime } from '../../model/figures.ts';
import styles from './detail.module.css';

/** The judgements: value, where from, and why. */
export function ScoresTab({ scores }: { scores: Score[] }) {
  if (scores.length === 0) return <p className={styles.empty}>No scores yet. Send them with any Langfuse client, or Sonde.score(…) in Java.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Source</th>
          <th>Comment</th>
          <th>When</th>
        </tr>
      </thead>
      <tbody>
        {scores.map((score) => (
          <tr key={score.id}>
            <td>{score.name}</td>
            <td>{score.stringValue ?? score.value}</td>
            <td>{score.source.toLowerCase()}</td>
            <td>{score.comment ?? '–'}</td>
            <td title={exactTime(Date.parse(score.timestamp))}>{ago(Date.parse(score.timestamp), Date.now())}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
