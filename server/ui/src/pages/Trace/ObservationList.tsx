import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { zoom, type Range } from '../../model/scale.ts';
import { search, textOf, type Tree } from '../../model/skeleton.ts';
import { useKeys } from '../../components/keys.ts';
import { ListTools } from './ListTools.tsx';
import { ObservationRow } from './ObservationRow.tsx';
import { gridLines, Ruler } from './Ruler.tsx';
import { useWheelZoom } from './useWheelZoom.ts';
import { useFolding } from './useFolding.ts';
import styles from './trace.module.css';

interface Props {
  tree: Tree;
  now: number;
  selected: number;
  select: (node: number) => void;
  find: string;
  setFind: (find: string) => void;
  /** Shows the trace's own detail, where it does not stand beside the list. */
  openTrace: () => void;
}

const ROW = 26;

/** Tree, shares and waterfall in one virtual list. */
export function ObservationList({ tree, now, selected, select, find, setFind, openTrace }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { folded, rows, indexOf, fold, foldAll, unfoldAll, unfoldTo } = useFolding(tree);
  const [zoomed, setZoomed] = useState<Range | null>(null);
  const whole = useMemo<Range>(() => ({ from: 0, to: Math.max(1, tree.span) }), [tree.span]);
  const range = zoomed ?? whole;
  const hits = useMemo(() => search(tree, find), [tree, find]);
  const hit = useMemo(() => (find.trim() === '' ? null : new Set(hits)), [find, hits]);
  const errors = useMemo(() => [...tree.order].filter((n) => n < tree.skeleton.n && textOf(tree.skeleton.level, n) === 'ERROR'), [tree]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 10, scrollPaddingStart: ROW });
  const at = selected >= 0 ? indexOf[selected]! : -1;
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const reveal = (node: number) => {
    unfoldTo(node);
    select(node);
  };
  const step = (nodes: number[], by: number) => {
    if (nodes.length === 0) return;
    const here = selected >= 0 ? tree.position[selected]! : -1;
    const next = by > 0 ? nodes.find((n) => tree.position[n]! > here) : nodes.findLast((n) => tree.position[n]! < here);
    reveal(next ?? nodes.at(by > 0 ? 0 : -1)!);
  };
  const move = (by: number) => {
    let next = Math.max(0, Math.min(rows.length - 1, at + by));
    if (rows[next]! >= tree.skeleton.n) next += by > 0 ? 1 : -1;
    if (rows[next] !== undefined) select(rows[next]!);
  };
  const press = (event: KeyboardEvent) => {
    const node = rows[at];
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(20),
      PageUp: () => move(-20),
      Home: () => move(-rows.length),
      End: () => move(rows.length),
      ArrowRight: () => node !== undefined && (folded.has(node) ? fold(node, false) : tree.firstChild[node]! >= 0 && move(1)),
      ArrowLeft: () => node !== undefined && (tree.childCount[node]! > 0 && !folded.has(node) ? fold(node, true) : tree.parent[node]! >= 0 && tree.parent[node]! < tree.skeleton.n && select(tree.parent[node]!)),
    };
    const action = actions[event.key];
    if (!action || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  const focused = { j: () => move(1), k: () => move(-1), ArrowDown: () => (box.current?.focus(), move(1)), ArrowUp: () => (box.current?.focus(), move(-1)) };
  const closer = (factor: number) => setZoomed(zoom(range, whole, (range.from + range.to) / 2, factor));
  useKeys({
    ...focused,
    '*': unfoldAll,
    n: () => step(hits, 1),
    'shift+n': () => step(hits, -1),
    e: () => step(errors, 1),
    '+': () => closer(0.5),
    '=': () => closer(0.5),
    '-': () => closer(2),
    '0': () => setZoomed(null),
  });
  useWheelZoom(box, range, whole, setZoomed);
  return (
    <>
      <ListTools
        find={find}
        setFind={setFind}
        hits={hits}
        at={selected}
        next={(by) => step(hits, by)}
        errors={errors.length}
        nextError={() => step(errors, 1)}
        foldAll={foldAll}
        unfoldAll={unfoldAll}
        openTrace={openTrace}
        zoomed={zoomed !== null}
        unzoom={() => setZoomed(null)}
      />
      <div
        ref={box}
        className={styles.list}
        role="treegrid"
        aria-label="Observations"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= 0 ? `row-${selected}` : undefined}
        tabIndex={0}
        onKeyDown={press}
        style={{ '--grid': gridLines(range) } as CSSProperties}
      >
        <Ruler range={range} setRange={setZoomed} />
        <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const node = rows[item.index]!;
            return (
              <ObservationRow
                key={node}
                tree={tree}
                node={node}
                index={item.index}
                top={item.start}
                range={range}
                now={now}
                selected={node === selected}
                faded={hit !== null && !hit.has(node)}
                folded={folded.has(node)}
                select={select}
                fold={fold}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}
