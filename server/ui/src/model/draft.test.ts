import { expect, test } from 'vitest';
import { draftOf, messageFor, moved, NO_DRAFT, problemOf } from './draft.ts';

test('messageFor_saysWhatChanged', () => {
  const before = draftOf('Be brief.\nAnswer {{question}}', { model: 'a' });

  expect(messageFor(null, before)).toBe('First version');
  expect(messageFor(before, before)).toBe('No change');
  expect(messageFor(before, { ...before, text: 'Be brief.\nAnswer {{ask}}\nThanks' })).toBe('2 lines added, 1 removed; new {{ask}}; no {{question}}');
  expect(messageFor(before, { ...before, config: '{"model":"b"}' })).toBe('settings changed');
});

test('problemOf_namesTheFirstProblem', () => {
  const fine = draftOf('text', {});
  expect(problemOf(fine, 'name')).toBeNull();
  expect(problemOf(fine, ' ')).toMatch(/name/);
  expect(problemOf(fine, 'a|b')).toMatch(/\|/);
  expect(problemOf({ ...fine, config: '{' }, 'name')).toMatch(/JSON/);
  expect(problemOf(NO_DRAFT, 'name')).toMatch(/empty/);
  const chat = draftOf([{ role: 'user', content: '{{history}}' }, { type: 'placeholder', name: 'history' }], {});
  expect(problemOf(chat, 'name')).toBe('history is both a variable and a placeholder.');
  expect(problemOf({ ...chat, messages: [] }, 'name')).toMatch(/at least one/);
  expect(problemOf({ ...chat, messages: [{ type: 'placeholder', name: '' }] }, 'name')).toMatch(/Placeholders/);
});

test('moved_staysWithinTheList', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((content) => ({ role: 'user', content })) as [never, never, never];
  expect(moved([a, b, c], 0, 1)).toEqual([b, a, c]);
  expect(moved([a, b, c], 0, -1)).toEqual([a, b, c]);
  expect(moved([a, b, c], 2, 1)).toEqual([a, b, c]);
});
