import { expect, test } from 'vitest';
import { choicesFor } from './completion.ts';
import { completionAt } from './filter.ts';

const users = (key: string) => (key === 'user' ? [{ value: 'ada l', count: 1200 }, { value: 'bob', count: 3 }] : []);
const at = (text: string) => choicesFor(completionAt(text, text.length), users);

test('keys_byPrefix', () => expect(at('se').map((c) => c.insert)).toEqual(['session:']));
test('keys_withDot_wantAName', () => expect(at('meta').map((c) => c.insert)).toEqual(['metadata.']));
test('values_withCounts_quoted', () => {
  expect(at('user:')).toEqual([
    { label: 'ada l', hint: '1,200', insert: '"ada l" ', more: false },
    { label: 'bob', hint: '3', insert: 'bob ', more: false },
  ]);
});
test('values_known_withoutCounts', () => expect(at('level:ERR').map((c) => c.insert)).toEqual(['ERROR ']));
test('values_comparison_isNotQuoted', () => expect(at('latency:').map((c) => c.insert)).toContain('>2s '));
test('unknownKey_hasNone', () => expect(at('nonsense:x')).toEqual([]));
