import { expect, test } from 'vitest';
import { costLines, perMillion } from './costs.ts';

test('costLines_inputBeforeOutput_withoutTotal', () => {
  const lines = costLines({ usage: { output: 96, total: 2100, input: 1204, input_cached_tokens: 800 }, cost: { input: 0.003, output: 0.001 }, prices: { input: 2.5e-6 } });

  expect(lines).toEqual([
    { kind: 'input', usage: 1204, price: 2.5e-6, cost: 0.003 },
    { kind: 'input_cached_tokens', usage: 800, price: null, cost: null },
    { kind: 'output', usage: 96, price: null, cost: 0.001 },
  ]);
});

test('costLines_costWithoutUsage_isALine', () => {
  expect(costLines({ usage: {}, cost: { search: 0.01 }, prices: null })).toEqual([{ kind: 'search', usage: null, price: null, cost: 0.01 }]);
});

test('perMillion_readsAsProvidersPrint', () => expect([perMillion(2.5e-6), perMillion(1.5e-7)]).toEqual(['$2.50/M', '$0.15/M']));
