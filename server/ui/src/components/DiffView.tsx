import { useMemo } from 'react';
import { diffOf, sizeOf, type DiffLine, type Word } from '../model/diff.ts';
import { plural } from '../model/figures.ts';
import styles from './form.module.css';

/** Lines shown around a change; longer runs of equal lines are folded. */
const CONTEXT = 3;

/** Two texts side by side, with the words that differ marked. */
export function DiffView({ label, left, right, names }: { label: string; left: string; right: string; names: [left: string, right: string] }) {
  const lines = useMemo(() => diffOf(left, right), [left, right]);
  const { added, removed } = sizeOf(lines);
  if (added + removed === 0) return <p className={styles.hint}>{label}: no difference.</p>;
  return (
    <div className={styles.diff} tabIndex={0} role="region" aria-label={`${label}: ${plural(added, 'line')} added, ${removed} removed`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {folded(lines).map((row, i) =>
            typeof row === 'number' ? (
              <tr key={i}>
                <td colSpan={2} className={styles.folded} data-kind="none">
                  {plural(row, 'line')} alike
                </td>
              </tr>
            ) : (
              <tr key={i}>
                <Cell words={row.left} kind={row.kind === 'same' ? 'same' : 'removed'} />
                <Cell words={row.right} kind={row.kind === 'same' ? 'same' : 'added'} />
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ words, kind }: { words: Word[] | null; kind: 'same' | 'removed' | 'added' }) {
  if (words === null) return <td data-kind="none" />;
  const Mark = kind === 'removed' ? 'del' : 'ins';
  return (
    <td data-kind={kind} data-mark={kind === 'same' ? ' ' : kind === 'removed' ? '−' : '+'}>
      {words.map((word, i) => (word.changed ? <Mark key={i}>{word.text}</Mark> : <span key={i}>{word.text}</span>))}
    </td>
  );
}

/** The lines with long equal runs as their length. */
function folded(lines: readonly DiffLine[]): (DiffLine | number)[] {
  const near = lines.map(() => false);
  lines.forEach((line, i) => {
    if (line.kind !== 'same') for (let k = Math.max(0, i - CONTEXT); k <= Math.min(lines.length - 1, i + CONTEXT); k++) near[k] = true;
  });
  const rows: (DiffLine | number)[] = [];
  lines.forEach((line, i) => {
    const last = rows.at(-1);
    if (near[i]) rows.push(line);
    else if (typeof last === 'number') rows[rows.length - 1] = last + 1;
    else rows.push(1);
  });
  return rows;
}
