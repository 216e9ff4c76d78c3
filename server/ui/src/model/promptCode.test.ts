import { expect, test } from 'vitest';
import { promptCode } from './promptCode.ts';

const HOST = 'https://sonde.example';
const code = (key: string, ...rest: Parameters<typeof promptCode> extends [string, string, ...infer R] ? R : never) =>
  promptCode(HOST, 'pk-lf-1', ...rest).find((one) => one.key === key)!.code;
const text = { name: 'support/it’s "ok"', type: 'text', prompt: 'Hi {{name}}' } as const;

test('promptCode_namesThePromptSafely_inEveryLanguage', () => {
  expect(code('curl', text, { label: 'production' })).toBe(
    `curl -sS -u 'pk-lf-1:sk-lf-…' 'https://sonde.example/api/public/v2/prompts/support%2Fit%E2%80%99s%20%22ok%22?label=production'`,
  );
  expect(code('curl', { ...text, name: "it's" }, { version: 2 })).toContain(`/it'\\''s?version=2'`);
  expect(code('python', text, { version: 3 })).toContain('get_prompt("support/it’s \\"ok\\"", version=3)');
  expect(code('java', text, { label: 'a b' })).toContain('?label=a%20b"');
});

test('promptCode_fillsVariablesAndPlaceholders', () => {
  expect(code('java', text, { label: 'production' })).toContain('.replace("{{name}}", name);');
  const chat = { name: 'chat', type: 'chat', prompt: [{ role: 'user', content: '{{question}}' }, { type: 'placeholder', name: 'history' }] } as const;
  expect(code('python', chat, { label: 'production' })).toContain('messages = prompt.compile(question="…", history=[])');
  expect(code('typescript', chat, { label: 'production' })).toContain('prompt.compile({ question: "…" }, { history: [] })');
});
