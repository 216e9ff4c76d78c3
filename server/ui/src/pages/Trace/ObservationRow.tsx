import { memo } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { TypeTile } from '../../components/TypeTile.tsx';
import { durationOfMicros, exact, exactCost, plural, shortCost, UNKNOWN } from '../../model/figures.ts';
import type { Range } from '../../model/scale.ts';
import { extentOf, ORPHANS, textOf, type Tree } from '../../model/skeleton.ts';
import { Bar } from './Bar.tsx';
import styles from './trace.module.css';

const INDENT = 16;
/** Deeper levels keep this indent, so that a name is always readable. */
const DEEPEST = 14;

interface Props {
  tree: Tree;
  node: number;
  index: number;
  top: number;
  range: Range;
  now: number;
  selected: boolean;
  faded: boolean;
  folded: boolean;
  select: (node: number) => void;
  fold: (node: number, on: boolean) => void;
}

function percent(part: number, whole: number): string {
  return `${whole > 0 && part > 0 ? Math.min(100, (100 * part) / whole) : 0}%`;
}

/** One observation: its place in the tree, its shares of the trace's time and cost, and its bar. */
export const ObservationRow = memo(function ObservationRow({ tree, node, index, top, range, now, selected, faded, folded, select, fold }: Props) {
  const { skeleton } = tree;
  const real = node < skeleton.n;
  const name = real ? textOf(skeleton.name, node) || '(no name)' : 'parent not received';
  const type = real ? textOf(skeleton.type, node).toLowerCase() : ORPHANS;
  const level = real ? textOf(skeleton.level, node) : '';
  const model = real ? textOf(skeleton.model, node) : '';
  const children = tree.childCount[node]!;
  const { start, end } = extentOf(tree, node, now);
  const running = real && skeleton.duration[node]! < 0;
  const sum = tree.cost[node]!;
  const total = totalCost(tree);
  const own = real ? (skeleton.cost[node] ?? null) : null;
  const unpriced = real && Number.isNaN(sum) && type === 'generation' && (skeleton.totalUsage[node] ?? 0) > 0;
  const hidden = folded && level !== 'ERROR' ? tree.errors[node]! : 0;
  return (
    <div
      id={`row-${node}`}
      className={`${styles.row} ${styles.columns}`}
      role="row"
      aria-rowindex={index + 2}
      aria-level={tree.depth[node]! + 1}
      aria-expanded={children > 0 ? !folded : undefined}
      aria-selected={selected}
      data-type={type}
      data-faded={faded ? '' : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => (real ? select(node) : fold(node, !folded))}
      onDoubleClick={() => children > 0 && fold(node, !folded)}
    >
      <div className={`${styles.cell} ${styles.name}`} role="gridcell">
        <span className={styles.indent} style={{ width: Math.min(tree.depth[node]!, DEEPEST) * INDENT }} />
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={styles.toggle}
          data-open={folded ? undefined : ''}
          style={{ visibility: children > 0 ? undefined : 'hidden' }}
          onClick={(event) => {
            event.stopPropagation();
            fold(node, !folded);
          }}
        >
          <Icon name="chevron" size={12} />
        </button>
        <TypeTile type={type} />
        <span className={styles.words}>
          <span className={styles.label} data-error={level === 'ERROR' ? '' : undefined} title={name}>
            {name}
          </span>
          {folded && <span className={styles.aside}>+{exact(tree.end[node]! - tree.position[node]! - 1)}</span>}
          {hidden > 0 && <span className={styles.trouble}>{plural(hidden, 'error')}</span>}
          {model !== '' && !name.includes(model) && <span className={styles.aside}>{model}</span>}
        </span>
        {tree.depth[node]! > DEEPEST && <span className={styles.fixed}>level {tree.depth[node]! + 1}</span>}
      </div>
      <div className={`${styles.cell} ${styles.amount}`} role="gridcell" title={`${exact(Math.round(end - start))} µs`}>
        <i className={styles.share} style={{ width: percent(end - start, tree.span) }} />
        <span className={running ? styles.quiet : ''}>{durationOfMicros(end - start)}</span>
      </div>
      <div className={`${styles.cell} ${styles.amount}`} role="gridcell" title={Number.isNaN(sum) ? (unpriced ? 'no price for this model' : 'no cost') : `${exactCost(sum)} with everything below; own ${exactCost(own)}`}>
        {!Number.isNaN(sum) && <i className={styles.share} style={{ width: percent(sum, total) }} />}
        <span className={Number.isNaN(sum) ? styles.quiet : ''}>{unpriced ? 'no price' : Number.isNaN(sum) ? UNKNOWN : shortCost(sum)}</span>
      </div>
      <div className={`${styles.cell} ${styles.waterfall}`} role="gridcell">
        <Bar tree={tree} node={node} range={range} now={now} />
      </div>
    </div>
  );
});

/** The cost of all roots together. */
function totalCost(tree: Tree): number {
  let total = 0;
  for (let at = 0; at < tree.size; at = tree.end[tree.order[at]!]!) {
    const sum = tree.cost[tree.order[at]!]!;
    if (!Number.isNaN(sum)) total += sum;
  }
  return total;
}
