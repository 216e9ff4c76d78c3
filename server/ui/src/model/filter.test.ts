import { expect, test } from 'vitest';
import { added, allowed, completionAt, quoted, terms, toggled, valuesOf, without } from './filter.ts';

const shape = (text: string) => terms(text).map((t) => `${t.kind}${t.negated ? '-' : ''} ${t.key ?? ''} ${t.value}`);

test('terms_keysWordsAndPhrases', () => {
  expect(shape('level:ERROR -env:dev "two words" plain')).toEqual([
    'term level ERROR',
    'term- env dev',
    'text  "two words"',
    'text  plain',
  ]);
});

test('terms_groupedValue_isOneTerm', () => {
  expect(shape('model:(gpt-5 OR "claude 4") (a:1 OR b:2)')).toEqual([
    'term model (gpt-5 OR "claude 4")',
    'open  (',
    'term a 1',
    'or  OR',
    'term b 2',
    'close  )',
  ]);
});

test('terms_unfinished_reachToTheEnd', () => {
  expect(shape('name:"half')).toEqual(['term name "half']);
  expect(shape('name:(a OR')).toEqual(['term name (a OR']);
  expect(shape('-')).toEqual(['text-  ']);
  expect(shape('name:"a\\')).toEqual(['term name "a\\']);
});

test('valuesOf_splitsOr_andUnquotes', () => {
  expect(valuesOf(terms('tag:(a OR "b c" OR "say \\"hi\\"")')[0]!)).toEqual(['a', 'b c', 'say "hi"']);
});

test.each([
  ['plain', 'plain'],
  ['two words', '"two words"'],
  ['>2', '">2"'],
  ['-minus', '"-minus"'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ['', '""'],
])('quoted %s is %s', (value, text) => expect(quoted(value)).toBe(text));

test('toggled_addsASecondValue_thenTakesBothAway', () => {
  const one = toggled('level:ERROR', 'user', 'ada');
  const two = toggled(one, 'user', 'bob smith');

  expect(one).toBe('level:ERROR user:ada');
  expect(two).toBe('level:ERROR user:(ada OR "bob smith")');
  expect(allowed(two, 'user')).toEqual(['ada', 'bob smith']);
  expect(toggled(two, 'user', 'ada')).toBe('level:ERROR user:"bob smith"');
  expect(toggled(one, 'user', 'ada')).toBe('level:ERROR');
});

test('added_twice_isThereOnce', () => expect(added(added('x', 'env', 'dev', true), 'env', 'dev', true)).toBe('x -env:dev'));

test('without_takesTheTermOut', () => {
  const text = 'a:1 b:2 c:3';
  expect(without(text, terms(text)[1]!)).toBe('a:1 c:3');
});

test('completionAt_knowsKeysAndValues', () => {
  expect(completionAt('', 0)).toEqual({ kind: 'key', key: null, prefix: '', from: 0, to: 0 });
  expect(completionAt('us', 2)).toEqual({ kind: 'key', key: null, prefix: 'us', from: 0, to: 2 });
  expect(completionAt('-us', 3)).toEqual({ kind: 'key', key: null, prefix: 'us', from: 1, to: 3 });
  expect(completionAt('user:ad', 7)).toEqual({ kind: 'value', key: 'user', prefix: 'ad', from: 5, to: 7 });
  expect(completionAt('user:(ada OR b)', 14)).toEqual({ kind: 'value', key: 'user', prefix: 'b', from: 13, to: 14 });
});
