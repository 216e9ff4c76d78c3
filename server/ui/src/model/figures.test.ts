import { expect, test } from 'vitest';
import { ago, bytes, cost, count, duration, durationOfMicros, exactCost, plural, shortCost } from './figures.ts';

test.each([
  [null, '–'],
  [0, '0 ms'],
  [0.0421, '42 µs'],
  [0.9999, '1.00 ms'],
  [4.2, '4.20 ms'],
  [842.3, '842 ms'],
  [999.6, '1.00 s'],
  [12_412, '12.4 s'],
  [59_960, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [180_000_000, '2 d 2 h'],
])('duration of %s ms is %s', (ms, text) => expect(duration(ms)).toBe(text));

test('duration_running_isUnknown', () => expect(durationOfMicros(-1)).toBe('–'));

test.each([
  [null, '–'],
  [0, '$0'],
  [0.00417, '$0.00417'],
  [0.0231, '$0.0231'],
  [0.000000031, '$0.0000000310'],
  [0.996, '$1.00'],
  [12.3, '$12.30'],
  [1204, '$1,204.00'],
])('cost of %s is %s', (usd, text) => expect(cost(usd)).toBe(text));

test('shortCost_tiny_onlySaysSo', () => expect([shortCost(7.6e-7), shortCost(0), shortCost(0.00012), shortCost(null)]).toEqual(['<$0.0001', '$0', '$0.000120', '–']));

test('exactCost_unpriced_saysSo', () => expect(exactCost(null)).toBe('no price'));

test.each([
  [null, '–'],
  [0, '0'],
  [999, '999'],
  [1200, '1.20k'],
  [18_204, '18.2k'],
  [99_960, '100k'],
  [182_040, '182k'],
  [999_600, '1.00M'],
  [1_820_400, '1.82M'],
])('count of %s is %s', (n, text) => expect(count(n)).toBe(text));

test.each([
  [500, 'just now'],
  [12_000, '12 s ago'],
  [240_000, '4 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [50 * 3_600_000, '2 d ago'],
])('%s ms ago reads %s', (ms, text) => expect(ago(1e12 - ms, 1e12)).toBe(text));

test('plural_one_hasNoS', () => expect([plural(1, 'row'), plural(1200, 'row')]).toEqual(['1 row', '1,200 rows']));

test('bytes_scales', () => expect([bytes(10), bytes(18_637), bytes(2_097_152)]).toEqual(['10 B', '18.2 KB', '2.00 MB']));
