import { expect, test } from 'vitest';
import { filled, scaleOf, type Bucket } from './series.ts';

const NOW = Date.parse('2026-11-20T12:30:00Z');
const bucket = (start: string, traces: number): Bucket => ({ start, traces, failed: 0, totalUsage: 0, cost: null });

test('scaleOf_takesTheNarrowestWidthThatFits', () => {
  expect(scaleOf({ range: '1h' }, 0, NOW)).toEqual({ from: NOW - 3_600_000, to: NOW, seconds: 60 });
  expect(scaleOf({ range: '7d' }, 0, NOW).seconds).toBe(3 * 3600);
  expect(scaleOf({ from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 0, NOW).seconds).toBe(28 * 86_400);
});

test('scaleOf_allTime_beginsWithTheFirst', () => {
  expect(scaleOf({ range: 'all' }, NOW - 120_000, NOW)).toEqual({ from: NOW - 120_000, to: NOW, seconds: 60 });
  expect(scaleOf({ range: 'all' }, NOW + 5, NOW)).toEqual({ from: NOW, to: NOW, seconds: 60 });
});

test('filled_hasEverySpan_alignedAndInOrder', () => {
  const scale = { from: Date.parse('2026-11-20T10:20:00Z'), to: NOW, seconds: 3600 };

  const spans = filled([bucket('2026-11-20T11:00:00.000Z', 3)], scale);

  expect(spans.map((span) => [span.start, span.traces])).toEqual([
    ['2026-11-20T10:00:00.000Z', 0],
    ['2026-11-20T11:00:00.000Z', 3],
    ['2026-11-20T12:00:00.000Z', 0],
  ]);
});
