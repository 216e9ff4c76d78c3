import type { Micros, Usd } from './units.ts';

/** A column whose values are indices into a dictionary. */
export interface Dictionary {
  dict: string[];
  v: number[];
}

/**
 * A trace without payloads, as the server sends it: one array per column, rows by start, then id. Times are microseconds
 * since `base`; a duration of -1 is still running, a ttft of -1 unknown; a parent of -1 is a root, -2 was never received.
 */
export interface Skeleton {
  n: number;
  base: number;
  id: string[];
  parent: number[];
  start: Micros[];
  duration: Micros[];
  ttft: Micros[];
  type: Dictionary;
  name: Dictionary;
  level: Dictionary;
  model: Dictionary;
  inputUsage: number[];
  outputUsage: number[];
  totalUsage: number[];
  cost: (Usd | null)[];
  thread: Dictionary;
}

/** The row that stands for parents that were not received. */
export const ORPHANS = 'orphans';

/**
 * The tree of a skeleton in typed arrays. A node is its row number; one more node, `n`, is the parent of orphans when there
 * are any. `order` lists nodes depth first; `end[node]` is the position after the node's last descendant.
 */
export interface Tree {
  skeleton: Skeleton;
  /** Nodes, the orphans' parent included. */
  size: number;
  orphans: boolean;
  order: Int32Array;
  position: Int32Array;
  depth: Int32Array;
  end: Int32Array;
  parent: Int32Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
  childCount: Int32Array;
  /** Sums over the subtree; NaN where nothing in it has a price. */
  cost: Float64Array;
  tokens: Float64Array;
  errors: Int32Array;
  /** Microseconds from base to the end of the last observation; running ones count as `now`. */
  span: Micros;
}

export function textOf(column: Dictionary, row: number): string {
  return column.dict[column.v[row] ?? -1] ?? '';
}

/** Builds the tree in linear time. `now` (microseconds since base) ends what is still running. */
export function treeOf(skeleton: Skeleton, now: Micros = 0): Tree {
  const n = skeleton.n;
  const parent = Int32Array.from(skeleton.parent);
  adoptCycles(parent, n);
  const orphans = parent.includes(-2);
  const size = orphans ? n + 1 : n;
  const parents = new Int32Array(size).fill(-1);
  for (let i = 0; i < n; i++) parents[i] = parent[i] === -2 ? n : parent[i]!;
  const firstChild = new Int32Array(size).fill(-1);
  const nextSibling = new Int32Array(size).fill(-1);
  const childCount = new Int32Array(size);
  for (let i = n - 1; i >= 0; i--) {
    const p = parents[i]!;
    if (p < 0) continue;
    nextSibling[i] = firstChild[p]!;
    firstChild[p] = i;
    childCount[p]!++;
  }
  const tree: Tree = {
    skeleton,
    size,
    orphans,
    order: new Int32Array(size),
    position: new Int32Array(size),
    depth: new Int32Array(size),
    end: new Int32Array(size),
    parent: parents,
    firstChild,
    nextSibling,
    childCount,
    cost: new Float64Array(size).fill(NaN),
    tokens: new Float64Array(size),
    errors: new Int32Array(size),
    span: 0,
  };
  walk(tree);
  sum(tree, now);
  return tree;
}

/** Parents that lead in a circle never reach a root: the first of each circle counts as an orphan. */
function adoptCycles(parent: Int32Array, n: number): void {
  const seen = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const mark = i + 1;
    let node = i;
    while (node >= 0 && seen[node] === 0) {
      seen[node] = mark;
      node = parent[node]!;
    }
    if (node >= 0 && seen[node] === mark) parent[node] = -2;
  }
}

function walk(tree: Tree): void {
  const { order, position, depth, end, parent, firstChild, nextSibling } = tree;
  let at = 0;
  const visit = (root: number) => {
    let node = root;
    while (node >= 0) {
      order[at] = node;
      position[node] = at++;
      depth[node] = parent[node]! < 0 ? 0 : depth[parent[node]!]! + 1;
      if (firstChild[node]! >= 0) {
        node = firstChild[node]!;
        continue;
      }
      end[node] = at;
      while (node !== root && nextSibling[node]! < 0) {
        node = parent[node]!;
        end[node] = at;
      }
      node = node === root ? -1 : nextSibling[node]!;
    }
  };
  for (let i = 0; i < tree.skeleton.n; i++) if (parent[i] === -1) visit(i);
  if (tree.orphans) visit(tree.skeleton.n);
}

function sum(tree: Tree, now: Micros): void {
  const { order, parent, cost, tokens, errors, skeleton } = tree;
  const error = skeleton.level.dict.indexOf('ERROR');
  for (let at = tree.size - 1; at >= 0; at--) {
    const node = order[at]!;
    if (node < skeleton.n) {
      const own = skeleton.cost[node];
      if (own !== null && own !== undefined) cost[node] = (Number.isNaN(cost[node]!) ? 0 : cost[node]!) + own;
      tokens[node] = tokens[node]! + (skeleton.totalUsage[node] ?? 0);
      if (error >= 0 && skeleton.level.v[node] === error) errors[node]!++;
      tree.span = Math.max(tree.span, endOf(skeleton, node, now));
    }
    const p = parent[node]!;
    if (p < 0) continue;
    if (!Number.isNaN(cost[node]!)) cost[p] = (Number.isNaN(cost[p]!) ? 0 : cost[p]!) + cost[node]!;
    tokens[p] = tokens[p]! + tokens[node]!;
    errors[p] = errors[p]! + errors[node]!;
  }
}

/** When the observation ended; `now` if it is still running. */
export function endOf(skeleton: Skeleton, row: number, now: Micros): Micros {
  const start = skeleton.start[row]!;
  const duration = skeleton.duration[row]!;
  return duration < 0 ? Math.max(start, now) : start + duration;
}

/** Where a node's bar begins and ends; the orphans' parent spans its children. */
export function extentOf(tree: Tree, node: number, now: Micros): { start: Micros; end: Micros } {
  const { skeleton, firstChild, nextSibling } = tree;
  if (node < skeleton.n) return { start: skeleton.start[node]!, end: endOf(skeleton, node, now) };
  let start = Infinity;
  let end = 0;
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
    start = Math.min(start, skeleton.start[child]!);
    end = Math.max(end, endOf(skeleton, child, now));
  }
  return { start, end };
}

/**
 * The parts of a node's bar in which no child was running, as pairs of start and end. Gaps shorter than `resolution` are
 * closed, since nobody would see them.
 */
export function ownTime(tree: Tree, node: number, now: Micros, resolution: Micros): Micros[] {
  const { skeleton, firstChild, nextSibling } = tree;
  const { start, end } = extentOf(tree, node, now);
  if (node >= skeleton.n) return [];
  const own: Micros[] = [];
  let at = start;
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
    const from = Math.min(skeleton.start[child]!, end);
    if (from - at > resolution) own.push(at, from);
    at = Math.max(at, endOf(skeleton, child, now));
    if (at >= end) break;
  }
  if (end - at > resolution || own.length === 0 && at === start) own.push(at, end);
  return own;
}

/** The nodes on screen in order: all but the descendants of folded ones. */
export function visibleRows(tree: Tree, folded: ReadonlySet<number>): Int32Array {
  if (folded.size === 0) return tree.order;
  const rows = new Int32Array(tree.size);
  let length = 0;
  for (let at = 0; at < tree.size; ) {
    const node = tree.order[at]!;
    rows[length++] = node;
    at = folded.has(node) ? tree.end[node]! : at + 1;
  }
  return rows.slice(0, length);
}

/** Nodes whose name contains the text, whatever the case, in display order. */
export function search(tree: Tree, text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const { dict, v } = tree.skeleton.name;
  const hit = dict.map((name) => name.toLowerCase().includes(wanted));
  const found: number[] = [];
  for (const node of tree.order) if (node < tree.skeleton.n && hit[v[node]!]) found.push(node);
  return found;
}

/** The ancestors of a node, nearest first. */
export function ancestors(tree: Tree, node: number): number[] {
  const path: number[] = [];
  for (let p = tree.parent[node]!; p >= 0; p = tree.parent[p]!) path.push(p);
  return path;
}
