import { expect, test } from 'vitest';
import { childPath, jsonRows, parseJson } from './json.ts';

const lines = (value: unknown, toggled: string[] = [], depth = 9) =>
  jsonRows(value, new Set(toggled), depth).map((r) => `${' '.repeat(r.depth)}${r.key ?? ''}=${r.text}${r.folded ? '…' : ''}`);

test('parseJson_textIsNotJson', () => {
  expect(parseJson('hello')).toBeUndefined();
  expect(parseJson('42')).toBeUndefined();
  expect(parseJson('{broken')).toBeUndefined();
  expect(parseJson(' {"a":1}')).toEqual({ a: 1 });
});

test('jsonRows_depthFirst', () => {
  expect(lines({ a: 1, b: [true, null], c: 'x' })).toEqual(['=3 keys', ' a=1', ' b=2 items', '  0=true', '  1=null', ' c=x']);
});

test('jsonRows_foldsByDepth_andByToggle', () => {
  expect(lines({ a: { b: { c: 1 } } }, [], 1)).toEqual(['=1 key', ' a=1 key…']);
  expect(lines({ a: { b: { c: 1 } } }, ['$.a'], 1)).toEqual(['=1 key', ' a=1 key', '  b=1 key…']);
  expect(lines({ a: { b: 1 } }, ['$'])).toEqual(['=1 key…']);
});

test('jsonRows_stringHoldingJson_opens', () => {
  expect(lines({ args: '{"city":"Oslo"}' })).toEqual(['=1 key', ' args=1 key · JSON in a string', '  city=Oslo']);
});

test('childPath_quotesOddKeys', () => {
  expect([childPath('$', 'a'), childPath('$.a', 0), childPath('$', 'odd key')]).toEqual(['$.a', '$.a[0]', '$["odd key"]']);
});
