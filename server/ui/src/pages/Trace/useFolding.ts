import { useMemo, useState } from 'react';
import { ancestors, visibleRows, type Tree } from '../../model/skeleton.ts';

/** Which nodes are folded, and the rows that leaves on screen. Kept by id, so that it survives rows that arrive. */
export function useFolding(tree: Tree) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const nameOf = (node: number) => tree.skeleton.id[node] ?? '';
  const folded = useMemo(() => {
    if (ids.size === 0) return new Set<number>();
    return new Set([...tree.order].filter((node) => ids.has(tree.skeleton.id[node] ?? '')));
  }, [tree, ids]);
  const rows = useMemo(() => visibleRows(tree, folded), [tree, folded]);
  const indexOf = useMemo(() => {
    const index = new Int32Array(tree.size).fill(-1);
    rows.forEach((node, i) => (index[node] = i));
    return index;
  }, [tree, rows]);
  const fold = (node: number, on: boolean) => {
    const next = new Set(ids);
    if (on) next.add(nameOf(node));
    else next.delete(nameOf(node));
    setIds(next);
  };
  return {
    folded: folded as ReadonlySet<number>,
    rows,
    indexOf,
    fold,
    foldAll: () => setIds(new Set([...tree.order].filter((n) => tree.childCount[n]! > 0 && tree.depth[n]! >= 1).map(nameOf))),
    unfoldAll: () => setIds(new Set()),
    /** Opens everything above a node. */
    unfoldTo: (node: number) => {
      const above = new Set(ancestors(tree, node).map(nameOf));
      if ([...above].some((id) => ids.has(id))) setIds(new Set([...ids].filter((id) => !above.has(id))));
    },
  };
}
