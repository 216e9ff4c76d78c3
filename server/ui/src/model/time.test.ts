import { expect, test } from 'vitest';
import { bounds, rangeLabel } from './time.ts';

const NOW = Date.UTC(2026, 0, 31, 12);

test('bounds_preset_isRelative', () => expect(bounds({ range: '24h' }, NOW)).toEqual({ from: '2026-01-30T12:00:00.000Z' }));
test('bounds_none_isSevenDays', () => expect(bounds({}, NOW)).toEqual({ from: '2026-01-24T12:00:00.000Z' }));
test('bounds_unknownPreset_isTheDefault', () => expect(bounds({ range: 'x' }, NOW)).toEqual(bounds({}, NOW)));
test('bounds_all_isOpen', () => expect(bounds({ range: 'all' }, NOW)).toEqual({}));
test('bounds_instants_winOverPreset', () => expect(bounds({ range: '1h', to: 'b' }, NOW)).toEqual({ to: 'b' }));
test('rangeLabel_says', () => {
  expect(rangeLabel({})).toBe('Last 7 days');
  expect(rangeLabel({ from: '2026-01-02T03:04:05Z' })).toBe('since 2026-01-02 03:04');
});
