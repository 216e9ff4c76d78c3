import { expect, test } from 'vitest';
import type { Block } from './blocks.ts';
import { cardsOf, flatEntries } from './joining.ts';

const call = (id: string, name = 'f'): Block => ({ kind: 'toolCall', id, name, args: {} });
const result = (id: string, value: unknown, name: string | null = null): Block => ({ kind: 'toolResult', id, name, value, failed: false });
const message = (role: string, ...blocks: Block[]) => ({ role, name: null, blocks });
const shown = (...messages: ReturnType<typeof message>[]) =>
  cardsOf(messages).map((c) => [c.index, c.role, ...c.parts.map((p) => (p.kind === 'toolCall' ? `${p.name}=${JSON.stringify(p.result?.value)}` : p.kind))]);

test('cardsOf_joinsById_andDropsEmptiedMessages', () => {
  expect(shown(message('assistant', call('1'), call('2', 'g')), message('tool', result('2', 'b')), message('tool', result('1', 'a')))).toEqual([
    [0, 'assistant', 'f="a"', 'g="b"'],
  ]);
});

test('cardsOf_withoutIds_joinsByNameInOrder', () => {
  expect(shown(message('assistant', call('', 'f'), call('', 'f')), message('tool', result('', 1, 'f'), result('', 2, 'f')))).toEqual([[0, 'assistant', 'f=1', 'f=2']]);
});

test('cardsOf_sameIdInTwoTurns_joinsEachToItsOwn', () => {
  expect(shown(message('assistant', call('1')), message('tool', result('1', 'a')), message('assistant', call('1')), message('tool', result('1', 'b')))).toEqual([
    [0, 'assistant', 'f="a"'],
    [2, 'assistant', 'f="b"'],
  ]);
});

test('cardsOf_resultWithoutCall_stays', () => {
  expect(shown(message('tool', result('9', 'x')))).toEqual([[0, 'tool', 'toolResult']]);
});

test('flatEntries_onlyScalars', () => {
  expect(flatEntries({ a: 1, b: null })).toEqual([['a', '1'], ['b', 'null']]);
  expect(flatEntries({ a: {} })).toBeNull();
  expect(flatEntries([1])).toBeNull();
  expect(flatEntries({})).toBeNull();
});
