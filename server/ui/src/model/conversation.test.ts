import { expect, test } from 'vitest';
import type { Block } from './blocks.ts';
import { conversationOf } from './conversation.ts';

const show = (b: Block): string => {
  if (b.kind === 'toolCall') return `call ${b.id} ${b.name} ${JSON.stringify(b.args)}`;
  if (b.kind === 'toolResult') return `result ${b.id} ${JSON.stringify(b.value)}${b.failed ? ' failed' : ''}`;
  if (b.kind === 'media') return `media ${b.label}`;
  return b.kind === 'json' ? `json ${JSON.stringify(b.value)}` : `${b.kind} ${b.text}`;
};
const read = (input: unknown, output: unknown, plain = true) => {
  const raw = (v: unknown) => (v === null || typeof v === 'string' ? v : JSON.stringify(v));
  return conversationOf(raw(input), raw(output), plain)?.messages.map((m) => `${m.role}: ${m.blocks.map(show).join(' | ')}`) ?? null;
};

test('openAiChat_toolsAndResults', () => {
  expect(
    read(
      [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Oslo?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,xx' } }] },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
        { role: 'tool', tool_call_id: 'c1', content: '{"c":4}' },
      ],
      { id: 'x', choices: [{ message: { role: 'assistant', content: '4 °C' } }] },
    ),
  ).toEqual(['system: text Be brief.', 'user: text Oslo? | media image/png', 'assistant: call c1 weather {"city":"Oslo"}', 'tool: result c1 {"c":4}', 'assistant: text 4 °C']);
});

test('openAiRequest_withTools_listsThem', () => {
  const input = JSON.stringify({ messages: [{ role: 'user', content: 'hi' }], tools: [{ type: 'function', function: { name: 'f', description: 'does', parameters: { type: 'object' } } }] });

  expect(conversationOf(input, null, true)?.tools).toEqual([{ name: 'f', description: 'does', schema: { type: 'object' } }]);
});

test('openAiResponses_itemsAndInstructions', () => {
  expect(
    read(
      { instructions: 'Be brief.', input: [{ role: 'user', content: [{ type: 'input_text', text: 'hi' }] }, { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }, { type: 'function_call_output', call_id: 'c', output: 'done' }] },
      { output: [{ type: 'reasoning', summary: [{ text: 'hm' }] }, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'yo' }] }] },
    ),
  ).toEqual(['system: text Be brief.', 'user: text hi', 'assistant: call c f {}', 'tool: result c "done"', 'assistant: thinking hm', 'assistant: text yo']);
});

test('anthropic_systemThinkingAndTools', () => {
  expect(
    read(
      { system: 'S', messages: [{ role: 'user', content: 'q' }, { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: { a: 1 } }] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'no' }], is_error: true }] }] },
      { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm' }, { type: 'text', text: 'a' }] },
    ),
  ).toEqual(['system: text S', 'user: text q', 'assistant: call t f {"a":1}', 'tool: result t "no" failed', 'assistant: thinking hm | text a']);
});

test('gemini_partsAndFunctions', () => {
  expect(
    read(
      { systemInstruction: { parts: [{ text: 'S' }] }, contents: [{ role: 'user', parts: [{ text: 'q' }, { inlineData: { mimeType: 'image/png', data: 'x' } }] }, { role: 'model', parts: [{ functionCall: { name: 'f', args: { a: 1 } } }] }, { role: 'user', parts: [{ functionResponse: { name: 'f', response: { ok: true } } }] }] },
      { candidates: [{ content: { role: 'model', parts: [{ text: 'a' }] } }] },
    ),
  ).toEqual(['system: text S', 'user: text q | media image/png', 'assistant: call  f {"a":1}', 'tool: result  {"ok":true}', 'assistant: text a']);
});

test('bedrock_converse', () => {
  expect(
    read(
      { system: [{ text: 'S' }], messages: [{ role: 'user', content: [{ text: 'q' }] }, { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'f', input: { a: 1 } } }] }, { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ json: { b: 2 } }] } }] }] },
      { output: { message: { role: 'assistant', content: [{ text: 'a' }] } } },
    ),
  ).toEqual(['system: text S', 'user: text q', 'assistant: call t f {"a":1}', 'tool: result t {"b":2}', 'assistant: text a']);
});

test('openTelemetry_parts', () => {
  expect(
    read([{ role: 'user', parts: [{ type: 'text', content: 'q' }] }], [{ role: 'assistant', parts: [{ type: 'tool_call', id: 't', name: 'f', arguments: { a: 1 } }], finish_reason: 'tool_calls' }]),
  ).toEqual(['user: text q', 'assistant: call t f {"a":1}']);
});

test('plainText_isAConversationOnlyForGenerations', () => {
  expect(read('question', 'answer')).toEqual(['user: text question', 'assistant: text answer']);
  expect(read('question', 'answer', false)).toBeNull();
});

test('structuredAnswer_isShownAsJson', () => {
  expect(read([{ role: 'user', content: 'q' }], { verdict: 'ok' })).toEqual(['user: text q', 'assistant: json {"verdict":"ok"}']);
});

test('otherJson_isNoConversation', () => {
  expect(read({ query: 'x', k: 4 }, [{ id: 1 }], false)).toBeNull();
  expect(read({ query: 'x' }, null)).toBeNull();
  expect(read([], null)).toBeNull();
  expect(read(null, null)).toBeNull();
});

test('inputs_countsTheQuestionSide', () => {
  expect(conversationOf('[{"role":"user","content":"a"},{"role":"user","content":"b"}]', 'c', true)?.inputs).toBe(2);
});

test('oddShapes_neverThrow', () => {
  for (const odd of ['[null]', '[{"role":"user","content":5}]', '{"messages":[null,"x",5]}', '{"choices":[null]}', '{"contents":{}}', '"text"', '[{"role":"tool","content":[null]}]']) {
    expect(() => conversationOf(odd, odd, true)).not.toThrow();
  }
});
