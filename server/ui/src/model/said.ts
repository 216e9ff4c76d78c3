import { isObject, text } from './blocks.ts';
import { conversationOf } from './conversation.ts';
import { parseJson } from './json.ts';

/** What was said in a payload: words where it has any, the payload itself where it has none. */
export type Said = { kind: 'words'; words: string } | { kind: 'payload'; raw: string };

/** Fields of applications' own objects that hold words, in the order they are looked for. */
const WORDS = ['content', 'text', 'answer', 'question', 'query', 'input', 'output', 'result', 'message', 'prompt'];

/** The last thing said in an input or an output. */
export function saidIn(raw: string): Said {
  const value = parseJson(raw);
  if (value === undefined) return { kind: 'words', words: raw };
  if (typeof value === 'string') return { kind: 'words', words: value };
  const last = conversationOf(raw, null, false)?.messages.findLast((m) => m.role !== 'system');
  const words = last?.blocks.flatMap((block) => (block.kind === 'text' || block.kind === 'refusal' ? [block.text] : [])).join('\n\n');
  if (words) return { kind: 'words', words };
  if (isObject(value)) {
    const found = WORDS.map((key) => text(value[key])).find((one) => one !== null) ?? onlyText(value);
    if (found) return { kind: 'words', words: found };
  }
  return { kind: 'payload', raw };
}

function onlyText(value: Record<string, unknown>): string | null {
  const values = Object.values(value);
  return values.length === 1 ? text(values[0]) : null;
}
