/** A stretch of a line; `changed` when the other side does not have it. */
export interface Word {
  text: string;
  changed: boolean;
}

/** A line of a comparison: on both sides, on one, or changed from left to right. Null where a side has no such line. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added' | 'changed';
  left: Word[] | null;
  right: Word[] | null;
}

/** Beyond this many cells the middle of two texts is taken as wholly changed: exactness there helps nobody and takes seconds. */
const MOST_CELLS = 4_000_000;

/** Compares two texts line by line; in lines that changed, word by word. */
export function diffOf(left: string, right: string): DiffLine[] {
  if (left === right) return left === '' ? [] : left.split('\n').map(same);
  const lines: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) lines.push(pair(removed[i], added[i]));
    removed = [];
    added = [];
  };
  for (const step of steps(left === '' ? [] : left.split('\n'), right === '' ? [] : right.split('\n'))) {
    if (step.kind === 'removed') removed.push(step.value);
    else if (step.kind === 'added') added.push(step.value);
    else {
      flush();
      lines.push(same(step.value));
    }
  }
  flush();
  return lines;
}

/** How many lines a comparison adds and takes away. */
export function sizeOf(lines: readonly DiffLine[]): { added: number; removed: number } {
  const count = (...kinds: DiffLine['kind'][]) => lines.filter((line) => kinds.includes(line.kind)).length;
  return { added: count('added', 'changed'), removed: count('removed', 'changed') };
}

function same(text: string): DiffLine {
  const words = [{ text, changed: false }];
  return { kind: 'same', left: words, right: words };
}

function pair(left: string | undefined, right: string | undefined): DiffLine {
  if (left === undefined) return { kind: 'added', left: null, right: [{ text: right ?? '', changed: false }] };
  if (right === undefined) return { kind: 'removed', left: [{ text: left, changed: false }], right: null };
  const all = steps(wordsOf(left), wordsOf(right));
  const side = (own: 'removed' | 'added') => joined(all.filter((s) => s.kind === 'same' || s.kind === own).map((s) => ({ text: s.value, changed: s.kind !== 'same' })));
  return { kind: 'changed', left: side('removed'), right: side('added') };
}

function wordsOf(line: string): string[] {
  return line.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}

function joined(words: Word[]): Word[] {
  const runs: Word[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last && last.changed === word.changed) last.text += word.text;
    else runs.push({ ...word });
  }
  return runs;
}

interface Step {
  kind: 'same' | 'removed' | 'added';
  value: string;
}

/** The steps from one list to the other along a longest common subsequence; what goes comes before what arrives. */
function steps(left: readonly string[], right: readonly string[]): Step[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const head: Step[] = left.slice(0, start).map((value) => ({ kind: 'same', value }));
  const tail: Step[] = left.slice(left.length - end).map((value) => ({ kind: 'same', value }));
  return [...head, ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end)), ...tail];
}

function middle(left: readonly string[], right: readonly string[]): Step[] {
  const replaced = (): Step[] => [...left.map((value): Step => ({ kind: 'removed', value })), ...right.map((value): Step => ({ kind: 'added', value }))];
  const width = right.length + 1;
  if (left.length === 0 || right.length === 0 || (left.length + 1) * width > MOST_CELLS) return replaced();
  const common = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * width + j] = left[i] === right[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const found: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      found.push({ kind: 'same', value: left[i]! });
      i++;
      j++;
    } else if (j === right.length || (i < left.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      found.push({ kind: 'removed', value: left[i++]! });
    } else {
      found.push({ kind: 'added', value: right[j++]! });
    }
  }
  return found;
}
