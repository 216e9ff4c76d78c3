import { parseJson } from './json.ts';
import { blockOf, isObject, list, text, type Block } from './blocks.ts';

/** One message of a conversation, whatever provider's shape it came in. */
export interface Message {
  role: 'system' | 'user' | 'assistant' | 'tool' | string;
  name: string | null;
  blocks: Block[];
}

/** A tool the model was offered. */
export interface Tool {
  name: string;
  description: string;
  schema: unknown;
}

export interface Conversation {
  messages: Message[];
  tools: Tool[];
  /** How many of the messages are the input; the rest is the answer. */
  inputs: number;
}

/**
 * Reads the input and output of an observation as a conversation: the shapes of OpenAI (chat and responses), Anthropic,
 * Gemini, Bedrock and OpenTelemetry, and plain text. Null when the payload is something else. `plain` says whether text that
 * is no conversation may count as one: true for generations.
 */
export function conversationOf(input: string | null, output: string | null, plain: boolean): Conversation | null {
  const asked = input === null ? null : side(input, 'user', plain);
  const answered = output === null ? null : side(output, 'assistant', plain);
  if (asked === null && answered === null) return null;
  if ((input !== null && asked === null) || (output !== null && answered === null)) {
    if (!plain || asked === null) return null;
  }
  const messages = [...(asked?.messages ?? []), ...(answered?.messages ?? [])];
  if (messages.length === 0) return null;
  return { messages, tools: [...(asked?.tools ?? []), ...(answered?.tools ?? [])], inputs: asked?.messages.length ?? 0 };
}

interface Side {
  messages: Message[];
  tools: Tool[];
}

function side(raw: string, role: string, plain: boolean): Side | null {
  const value = parseJson(raw);
  if (value === undefined || typeof value === 'string') {
    const words = typeof value === 'string' ? value : raw;
    return plain && words.trim() !== '' ? { messages: [{ role, name: null, blocks: [{ kind: 'text', text: words }] }], tools: [] } : null;
  }
  const messages = messagesOf(value, role);
  if (messages === null) {
    return plain && role === 'assistant' ? { messages: [{ role, name: null, blocks: [{ kind: 'json', value }] }], tools: [] } : null;
  }
  return { messages, tools: isObject(value) ? toolsOf(value['tools'] ?? (value['toolConfig'] as { tools?: unknown } | null)?.tools) : [] };
}

function messagesOf(value: unknown, role: string): Message[] | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(looksLikeMessage) ? value.flatMap((m) => messageOf(m, role)) : null;
  if (!isObject(value)) return null;
  const system = systemOf(value);
  const several = value['messages'] ?? value['contents'] ?? (Array.isArray(value['input']) || value['instructions'] ? value['input'] : undefined);
  if (typeof several === 'string') return [...system, { role: 'user', name: null, blocks: [{ kind: 'text', text: several }] }];
  if (Array.isArray(several)) return [...system, ...several.flatMap((m) => messageOf(m, role))];
  if (Array.isArray(value['choices'])) return list(value['choices']).flatMap((c) => messageOf(c['message'] ?? c['delta'], 'assistant'));
  if (Array.isArray(value['candidates'])) return list(value['candidates']).flatMap((c) => messageOf(c['content'], 'assistant'));
  if (Array.isArray(value['output'])) return list(value['output']).flatMap((m) => messageOf(m, 'assistant'));
  if (isObject(value['output']) && isObject(value['output']['message'])) return messageOf(value['output']['message'], 'assistant');
  return looksLikeMessage(value) && (value['role'] !== undefined || value['parts'] !== undefined) ? messageOf(value, role) : null;
}

const ITEM_TYPES = new Set(['message', 'function_call', 'function_call_output', 'reasoning']);

function looksLikeMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (typeof value['type'] === 'string' && ITEM_TYPES.has(value['type'])) return true;
  const speaks = 'content' in value || 'parts' in value || 'tool_calls' in value;
  return speaks && (typeof value['role'] === 'string' || Array.isArray(value['parts']));
}

function systemOf(value: Record<string, unknown>): Message[] {
  const raw = value['system'] ?? value['systemInstruction'] ?? value['system_instruction'] ?? value['instructions'];
  if (raw === undefined || raw === null) return [];
  const content = isObject(raw) ? (raw['parts'] ?? raw['content']) : raw;
  return [{ role: 'system', name: null, blocks: blocksOf(content) }];
}

const ROLES: Record<string, string> = { model: 'assistant', human: 'user', ai: 'assistant', developer: 'system', function: 'tool' };

function messageOf(raw: unknown, fallback: string): Message[] {
  if (typeof raw === 'string') return [{ role: fallback, name: null, blocks: [{ kind: 'text', text: raw }] }];
  if (!isObject(raw)) return [];
  const type = raw['type'];
  if (type === 'function_call' || type === 'reasoning') return [{ role: 'assistant', name: null, blocks: [blockOf(raw)] }];
  if (type === 'function_call_output') return [{ role: 'tool', name: null, blocks: [blockOf(raw)] }];
  const said = text(raw['role']) ?? fallback;
  const role = ROLES[said] ?? said;
  const blocks = blocksOf(raw['content'] ?? raw['parts']);
  const thinking = text(raw['reasoning_content']) ?? text(raw['reasoning']);
  if (thinking !== null) blocks.unshift({ kind: 'thinking', text: thinking });
  if (text(raw['refusal']) !== null) blocks.push({ kind: 'refusal', text: text(raw['refusal'])! });
  for (const call of list(raw['tool_calls'])) blocks.push(blockOf({ ...call, type: 'function' }));
  if (isObject(raw['function_call'])) blocks.push(blockOf({ type: 'function', function: raw['function_call'] }));
  if (role === 'tool') return [{ role, name: text(raw['name']), blocks: asResults(raw, blocks) }];
  const onlyResults = blocks.length > 0 && blocks.every((b) => b.kind === 'toolResult');
  return [{ role: onlyResults ? 'tool' : role, name: text(raw['name']), blocks }];
}

/** A tool message of OpenAI's holds its result as plain content. */
function asResults(raw: Record<string, unknown>, blocks: Block[]): Block[] {
  if (blocks.some((b) => b.kind === 'toolResult')) return blocks;
  const id = text(raw['tool_call_id']) ?? '';
  const only = blocks.length === 1 ? blocks[0]! : null;
  const value = only?.kind === 'text' ? only.text : only?.kind === 'json' ? only.value : raw['content'];
  return [{ kind: 'toolResult', id, name: text(raw['name']), value: typeof value === 'string' ? (parseJson(value) ?? value) : value, failed: false }];
}

function blocksOf(content: unknown): Block[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return content.map((part: unknown) => (typeof part === 'string' ? { kind: 'text', text: part } : blockOf(part)));
  return isObject(content) && ('text' in content || 'type' in content) ? [blockOf(content)] : [{ kind: 'json', value: content }];
}

function toolsOf(raw: unknown): Tool[] {
  return list(raw).flatMap((tool): Tool[] => {
    if (Array.isArray(tool['functionDeclarations'])) return toolsOf(tool['functionDeclarations']);
    const spec = [tool['function'], tool['toolSpec'], tool].find(isObject)!;
    const name = text(spec['name']);
    const schema = spec['parameters'] ?? spec['input_schema'] ?? spec['inputSchema'] ?? null;
    return name === null ? [] : [{ name, description: text(spec['description']) ?? '', schema }];
  });
}
