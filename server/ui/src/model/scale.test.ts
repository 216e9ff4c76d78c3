import { expect, test } from 'vitest';
import { fraction, shift, tickLabel, ticks, zoom } from './scale.ts';

test('ticks_areRoundAndFew', () => {
  expect(ticks({ from: 0, to: 12_400_000 }, 7)).toEqual([0, 2e6, 4e6, 6e6, 8e6, 10e6, 12e6]);
  expect(ticks({ from: 300, to: 900 }, 3)).toEqual([400, 600, 800]);
  expect(ticks({ from: 0, to: 0 }, 5)).toEqual([0]);
});

test.each([
  [0, 1, '0'],
  [400, 200, '400 µs'],
  [1_500, 500, '1.5 ms'],
  [250_000, 50_000, '250 ms'],
  [2_500_000, 500_000, '2.5 s'],
  [120_000_000, 60_000_000, '2 min'],
  [90_000_000, 30_000_000, '1 min 30 s'],
])('tick at %s with step %s reads %s', (at, step, text) => expect(tickLabel(at, step)).toBe(text));

test('zoom_keepsThePointUnderThePointer', () => {
  const whole = { from: 0, to: 1000 };
  const closer = zoom(whole, whole, 250, 0.5);

  expect(closer).toEqual({ from: 125, to: 625 });
  expect(fraction(closer, 250)).toBe(0.25);
});

test('zoom_outBeyondTheWhole_isTheWhole', () => {
  const whole = { from: 0, to: 1000 };

  expect(zoom({ from: 500, to: 900 }, whole, 700, 10)).toEqual(whole);
});

test('shift_staysInside', () => expect(shift({ from: 900, to: 1100 }, { from: 0, to: 1000 })).toEqual({ from: 800, to: 1000 }));
