import { expect, test } from 'vitest';
import { ancestors, extentOf, ownTime, search, treeOf, visibleRows, type Skeleton } from './skeleton.ts';

interface Row {
  parent: number;
  start?: number;
  duration?: number;
  cost?: number | null;
  tokens?: number;
  level?: string;
  name?: string;
}

function skeleton(...rows: Row[]): Skeleton {
  const dictionary = (values: string[]) => {
    const dict = [...new Set(values)];
    return { dict, v: values.map((v) => dict.indexOf(v)) };
  };
  return {
    n: rows.length,
    base: 0,
    id: rows.map((_, i) => `o${i}`),
    parent: rows.map((r) => r.parent),
    start: rows.map((r, i) => r.start ?? i),
    duration: rows.map((r) => r.duration ?? 10),
    ttft: rows.map(() => -1),
    type: dictionary(rows.map(() => 'SPAN')),
    name: dictionary(rows.map((r, i) => r.name ?? `n${i}`)),
    level: dictionary(rows.map((r) => r.level ?? 'DEFAULT')),
    model: dictionary(rows.map(() => '')),
    inputUsage: rows.map(() => 0),
    outputUsage: rows.map(() => 0),
    totalUsage: rows.map((r) => r.tokens ?? 0),
    cost: rows.map((r) => r.cost ?? null),
    thread: dictionary(rows.map(() => 'main')),
  };
}

test('treeOf_listsDepthFirst_childrenByStart', () => {
  const tree = treeOf(skeleton({ parent: -1 }, { parent: 0 }, { parent: 0 }, { parent: 1 }, { parent: -1 }));

  expect([...tree.order]).toEqual([0, 1, 3, 2, 4]);
  expect([...tree.depth]).toEqual([0, 1, 1, 2, 0]);
  expect([...tree.end]).toEqual([4, 3, 4, 3, 5]);
  expect([...tree.childCount]).toEqual([2, 1, 0, 0, 0]);
});

test('treeOf_childStartedBeforeParent_isStillBelowIt', () => {
  const tree = treeOf(skeleton({ parent: 1 }, { parent: -1 }));

  expect([...tree.order]).toEqual([1, 0]);
  expect([...tree.depth]).toEqual([1, 0]);
});

test('treeOf_sumsCostTokensErrors_overTheSubtree', () => {
  const tree = treeOf(
    skeleton({ parent: -1 }, { parent: 0, cost: 0.5, tokens: 10 }, { parent: 1, cost: 0.25, tokens: 5, level: 'ERROR' }, { parent: 0 }),
  );

  expect([...tree.cost]).toEqual([0.75, 0.75, 0.25, NaN]);
  expect([...tree.tokens]).toEqual([15, 15, 5, 0]);
  expect([...tree.errors]).toEqual([1, 1, 1, 0]);
});

test('treeOf_missingParents_shareOneOrphanRow', () => {
  const tree = treeOf(skeleton({ parent: -1 }, { parent: -2, start: 5, duration: 5 }, { parent: -2, start: 7, duration: 20 }));

  expect([...tree.order]).toEqual([0, 3, 1, 2]);
  expect(tree.orphans).toBe(true);
  expect(extentOf(tree, 3, 0)).toEqual({ start: 5, end: 27 });
});

test('treeOf_parentsInACircle_losesNoRow', () => {
  const tree = treeOf(skeleton({ parent: 1 }, { parent: 0 }, { parent: 2 }, { parent: -1 }));

  expect([...tree.order].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('treeOf_running_endsNow', () => {
  const tree = treeOf(skeleton({ parent: -1, start: 0, duration: -1 }), 500);

  expect(tree.span).toBe(500);
});

test('treeOf_empty_isEmpty', () => expect(treeOf(skeleton()).size).toBe(0));

test('treeOf_deepChain_doesNotRecurse', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ parent: i - 1 }));

  expect(treeOf(skeleton(...rows)).depth[19_999]).toBe(19_999);
});

test('ownTime_isWhatNoChildCovers', () => {
  const tree = treeOf(
    skeleton({ parent: -1, start: 0, duration: 100 }, { parent: 0, start: 10, duration: 20 }, { parent: 0, start: 20, duration: 30 }, { parent: 0, start: 90, duration: 40 }),
  );

  expect(ownTime(tree, 0, 0, 0)).toEqual([0, 10, 50, 90]);
  expect(ownTime(tree, 0, 0, 15)).toEqual([50, 90]);
  expect(ownTime(tree, 1, 0, 0)).toEqual([10, 30]);
});

test('visibleRows_hidesWhatIsFolded', () => {
  const tree = treeOf(skeleton({ parent: -1 }, { parent: 0 }, { parent: 1 }, { parent: -1 }));

  expect([...visibleRows(tree, new Set([1]))]).toEqual([0, 1, 3]);
  expect([...visibleRows(tree, new Set([0, 1]))]).toEqual([0, 3]);
  expect([...visibleRows(tree, new Set())]).toEqual([0, 1, 2, 3]);
});

test('search_ignoresCase_inDisplayOrder', () => {
  const tree = treeOf(skeleton({ parent: -1, name: 'Chat' }, { parent: 0, name: 'tool' }, { parent: 0, name: 'chat again' }));

  expect(search(tree, 'CHAT')).toEqual([0, 2]);
  expect(search(tree, ' ')).toEqual([]);
});

test('ancestors_nearestFirst', () => {
  expect(ancestors(treeOf(skeleton({ parent: -1 }, { parent: 0 }, { parent: 1 })), 2)).toEqual([1, 0]);
});
