import { expect, test } from 'vitest';
import { orderOf, resorted } from './sorting.ts';

test('orderOf_readsTheDirection', () => {
  expect(orderOf('cost.asc')).toEqual({ key: 'cost', descending: false });
  expect(orderOf('cost')).toEqual({ key: 'cost', descending: true });
});

test('resorted_turnsTheSameColumnRound_andBeginsOthersWithTheLargest', () => {
  expect(resorted('last.desc', 'last')).toBe('last.asc');
  expect(resorted('last.asc', 'last')).toBe('last.desc');
  expect(resorted('last.asc', 'cost')).toBe('cost.desc');
});
