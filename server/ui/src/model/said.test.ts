import { expect, test } from 'vitest';
import { saidIn } from './said.ts';

const words = (raw: string) => {
  const said = saidIn(raw);
  return said.kind === 'words' ? said.words : null;
};

test('saidIn_plainTextAndJsonText', () => {
  expect(words('Where is my train?')).toBe('Where is my train?');
  expect(words('"quoted"')).toBe('quoted');
});

test('saidIn_conversations_theLastMessageThatIsNotTheSystem', () => {
  expect(words('[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]')).toBe('Hi');
  expect(words('{"messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]}')).toBe('one\n\ntwo');
  expect(words('{"role":"assistant","content":"Done."}')).toBe('Done.');
});

test('saidIn_objectsOfApplications', () => {
  expect(words('{"locale":"en","question":"Why?"}')).toBe('Why?');
  expect(words('{"reply":"because"}')).toBe('because');
});

test('saidIn_withoutWords_isThePayload', () => {
  expect(saidIn('{"a":1,"b":2}')).toEqual({ kind: 'payload', raw: '{"a":1,"b":2}' });
  expect(saidIn('[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]').kind).toBe('payload');
});
