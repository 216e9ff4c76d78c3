import { expect, test } from 'vitest';
import { threadOf } from './thread.ts';

const turn = (time: string, latencyMs: number | null = 1000) => ({ timestamp: `2026-11-20T${time}Z`, latencyMs });
const shape = (turns: ReturnType<typeof turn>[]) => threadOf(turns).map((item) => (item.kind === 'gap' ? item.millis : `#${item.number}`));

test('threadOf_showsPausesOfAMinuteAndMore', () => {
  expect(shape([turn('10:00:00'), turn('10:00:40'), turn('13:12:41')])).toEqual(['#1', '#2', 3 * 3_600_000 + 12 * 60_000, '#3']);
});

test('threadOf_aTurnThatStillRuns_isNoPause', () => {
  expect(shape([turn('10:00:00', 600_000), turn('10:01:00'), turn('10:09:30')])).toEqual(['#1', '#2', '#3']);
});

test('threadOf_unknownEnd_countsFromTheStart_andNothingIsNothing', () => {
  expect(shape([turn('10:00:00', null), turn('10:01:00')])).toEqual(['#1', 60_000, '#2']);
  expect(shape([])).toEqual([]);
});
