import { expect, test } from 'vitest';
import { diffOf, sizeOf, type DiffLine, type Word } from './diff.ts';

const text = (words: Word[] | null) => words && words.map((w) => (w.changed ? `[${w.text}]` : w.text)).join('');
const shape = (lines: DiffLine[]) => lines.map((l) => [l.kind, text(l.left), text(l.right)]);
const side = (lines: DiffLine[], of: 'left' | 'right') => lines.flatMap((l) => (l[of] === null ? [] : [l[of]!.map((w) => w.text).join('')])).join('\n');

test('diffOf_marksTheWordsOfChangedLines', () => {
  expect(shape(diffOf('one\nBe very brief.\nend', 'one\nBe brief, please.\nend'))).toEqual([
    ['same', 'one', 'one'],
    ['changed', 'Be [very ]brief.', 'Be brief[, please].'],
    ['same', 'end', 'end'],
  ]);
});

test('diffOf_addedAndRemovedLines', () => {
  expect(shape(diffOf('a\nb\nc', 'a\nc\nd'))).toEqual([
    ['same', 'a', 'a'],
    ['removed', 'b', null],
    ['same', 'c', 'c'],
    ['added', null, 'd'],
  ]);
  expect(shape(diffOf('', 'x\ny'))).toEqual([['added', null, 'x'], ['added', null, 'y']]);
  expect(diffOf('', '')).toEqual([]);
});

test('diffOf_keepsBothTextsWhole', () => {
  const words = ['the', 'train', 'was', 'late', '\n', ' ', 'ice', ',', '🚂', '{{name}}'];
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 200; round++) {
    const made = () => Array.from({ length: 1 + random(30) }, () => words[random(words.length)]).join('');
    const [left, right] = [made(), made()];
    const lines = diffOf(left, right);
    expect(side(lines, 'left')).toBe(left);
    expect(side(lines, 'right')).toBe(right);
  }
});

test('diffOf_hugeTexts_areDoneAtOnce', () => {
  const left = Array.from({ length: 4000 }, (_, i) => `line ${i}`).join('\n');
  const right = Array.from({ length: 4000 }, (_, i) => `other ${i}`).join('\n');

  const lines = diffOf(left, right);

  expect(side(lines, 'right')).toBe(right);
  expect(sizeOf(lines)).toEqual({ added: 4000, removed: 4000 });
});
