import { expect, test } from 'vitest';
import { arrivalOf, merged } from './merge.ts';

const row = (id: string, timestamp: string, v = 0) => ({ id, timestamp, v });
const pages = [{ rows: [row('c', '3'), row('b', '2')], cursor: 'x' }, { rows: [row('a', '1')], cursor: null }];

test('merged_replacesInPlace_andPutsFreshOnTop', () => {
  const arrival = arrivalOf(pages, [row('d', '4'), row('c', '3', 9)]);
  const result = merged(pages, arrival);

  expect(arrival.fresh.map((r) => r.id)).toEqual(['d']);
  expect(result[0]!.rows).toEqual([row('d', '4'), row('c', '3', 9), row('b', '2')]);
  expect(result[1]).toEqual(pages[1]);
});

test('merged_lateRow_goesToItsPlace', () => {
  const result = merged(pages, arrivalOf(pages, [row('late', '2.5')]));

  expect(result[0]!.rows.map((r) => r.id)).toEqual(['c', 'late', 'b']);
});
