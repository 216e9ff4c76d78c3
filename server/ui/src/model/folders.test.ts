import { expect, test } from 'vitest';
import { entriesOf, found, trail } from './folders.ts';

const prompts = ['zeta', 'support/answer', 'support/deep/one', 'support/deep/two', 'support', '/odd'].map((name) => ({
  name,
  tags: name === 'zeta' ? ['Billing'] : [],
  labels: name === 'support/answer' ? ['production'] : [],
}));
const names = (entries: ReturnType<typeof entriesOf>) => entries.map((e) => (e.kind === 'folder' ? `${e.name}/ ${e.count}` : e.name));

test('entriesOf_foldersFirst_withTheirCounts', () => {
  expect(names(entriesOf(prompts, ''))).toEqual(['support/ 3', '/odd', 'support', 'zeta']);
  expect(names(entriesOf(prompts, 'support'))).toEqual(['deep/ 2', 'answer']);
  expect(names(entriesOf(prompts, 'support/deep'))).toEqual(['one', 'two']);
  expect(names(entriesOf(prompts, 'none'))).toEqual([]);
});

test('found_looksInNamesTagsAndLabels_belowTheFolder', () => {
  expect(names(found(prompts, '', 'billing'))).toEqual(['zeta']);
  expect(names(found(prompts, '', 'SUPPORT prod'))).toEqual(['support/answer']);
  expect(names(found(prompts, 'support', 'o'))).toEqual(['answer', 'deep/one', 'deep/two']);
});

test('trail_namesEachFolderOnTheWay', () => {
  expect(trail('a/b')).toEqual([{ name: 'a', path: 'a' }, { name: 'b', path: 'a/b' }]);
  expect(trail('')).toEqual([]);
});
