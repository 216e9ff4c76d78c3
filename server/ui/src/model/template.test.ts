import { expect, test } from 'vitest';
import { asText, piecesOf, variablesOf } from './template.ts';

test('piecesOf_findsVariablesAndReferences_andLosesNothing', () => {
  const text = 'Hi {{ name }}, {{9no}} @@@langfusePrompt:name=tone/brief|label=production@@@ and @@@langfusePrompt:name=x|version=3@@@!';

  const pieces = piecesOf(text);

  expect(pieces.map((p) => p.text).join('')).toBe(text);
  expect(pieces.filter((p) => p.kind !== 'text')).toEqual([
    { kind: 'variable', text: '{{ name }}', name: 'name' },
    { kind: 'reference', text: '@@@langfusePrompt:name=tone/brief|label=production@@@', name: 'tone/brief', version: null, label: 'production' },
    { kind: 'reference', text: '@@@langfusePrompt:name=x|version=3@@@', name: 'x', version: 3, label: null },
  ]);
  expect(piecesOf('')).toEqual([]);
  expect(piecesOf('@@@langfusePrompt:version=3@@@')[0]!.kind).toBe('text');
});

test('variablesOf_eachOnce_inOrder_placeholdersApart', () => {
  const chat = [{ role: 'system', content: '{{b}} {{a}} {{b}}' }, { type: 'placeholder' as const, name: 'history' }, { role: 'user', content: '{{question}}' }];

  expect(variablesOf(chat)).toEqual({ variables: ['b', 'a', 'question'], placeholders: ['history'] });
  expect(variablesOf('none')).toEqual({ variables: [], placeholders: [] });
});

test('asText_putsMessagesUnderTheirRoles', () => {
  expect(asText([{ role: 'system', content: 'Be brief.' }, { type: 'placeholder', name: 'history' }])).toBe('[system]\nBe brief.\n\n[placeholder history]');
});
