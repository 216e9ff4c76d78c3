import { durationOfMicros } from '../../model/figures.ts';
import { fraction, type Range } from '../../model/scale.ts';
import { extentOf, ORPHANS, ownTime, textOf, type Tree } from '../../model/skeleton.ts';
import styles from './trace.module.css';

/** Gaps and pieces below this share of the range are not drawn apart. */
const RESOLUTION = 1 / 600;

/**
 * An observation in time: dark where it worked itself, pale where it waited for its children, hatched until the first token,
 * red edge for an error, fading while it runs. Nothing when it lies outside the range.
 */
export function Bar({ tree, node, range, now }: { tree: Tree; node: number; range: Range; now: number }) {
  const { skeleton } = tree;
  const { start, end } = extentOf(tree, node, now);
  if (end < range.from || start > range.to) return null;
  const real = node < skeleton.n;
  const from = Math.max(start, range.from);
  const to = Math.min(end, range.to);
  const left = fraction(range, from) * 100;
  const width = Math.max(0, fraction(range, to) * 100 - left);
  const place = { left: `${left}%`, width: `${width}%` };
  if (!real) return <div className={`${styles.bar} ${styles.dashed}`} data-type={ORPHANS} style={place} />;
  if (textOf(skeleton.type, node).toLowerCase() === 'event') return <div className={styles.bar} data-point="" style={place} />;
  const own = ownTime(tree, node, now, (range.to - range.from) * RESOLUTION);
  const inside = (at: number) => ((Math.min(to, Math.max(from, at)) - from) / Math.max(1, to - from)) * 100;
  const ttft = skeleton.ttft[node]!;
  return (
    <div
      className={styles.bar}
      style={place}
      data-error={textOf(skeleton.level, node) === 'ERROR' ? '' : undefined}
      data-running={skeleton.duration[node]! < 0 ? '' : undefined}
      title={ttft >= 0 ? `first token after ${durationOfMicros(ttft)}` : undefined}
    >
      <i style={{ backgroundImage: segments(own, inside) }} />
      {ttft >= 0 && <i className={styles.first} style={{ width: `${inside(start + ttft)}%` }} />}
    </div>
  );
}

/** One gradient for all pieces of own time, so that a bar is two elements however often it was interrupted. */
function segments(own: number[], inside: (at: number) => number): string {
  const stops: string[] = [];
  for (let i = 0; i < own.length; i += 2) {
    const [a, b] = [inside(own[i]!).toFixed(2), inside(own[i + 1]!).toFixed(2)];
    if (a !== b) stops.push(`transparent ${a}%`, `var(--kind) ${a}%`, `var(--kind) ${b}%`, `transparent ${b}%`);
  }
  return stops.length === 0 ? 'none' : `linear-gradient(to right, ${stops.join(', ')})`;
}
