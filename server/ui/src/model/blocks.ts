import { parseJson } from './json.ts';

/** A part of a message. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'thinking'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'toolCall'; id: string; name: string; args: unknown }
  | { kind: 'toolResult'; id: string; name: string | null; value: unknown; failed: boolean }
  | { kind: 'media'; label: string }
  | { kind: 'json'; value: unknown };

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

/** Reads a part by what it holds rather than by who sent it: the providers' words overlap without contradiction. */
export function blockOf(part: unknown): Block {
  if (!isObject(part)) return { kind: 'json', value: part };
  const type = text(part['type']) ?? '';
  return callOf(part, type) ?? resultOf(part, type) ?? thoughtOf(part, type) ?? mediaOf(part, type) ?? wordsOf(part);
}

function wordsOf(part: Record<string, unknown>): Block {
  const words = part['text'] ?? (part['type'] === 'text' ? part['content'] : undefined);
  if (typeof words === 'string') return { kind: 'text', text: words };
  const refusal = text(part['refusal']);
  return refusal !== null ? { kind: 'refusal', text: refusal } : { kind: 'json', value: part };
}

function callOf(part: Record<string, unknown>, type: string): Block | null {
  const make = (id: unknown, name: unknown, args: unknown): Block => ({
    kind: 'toolCall',
    id: text(id) ?? '',
    name: text(name) ?? 'tool',
    args: parsed(args) ?? null,
  });
  if (isObject(part['function'])) return make(part['id'], part['function']['name'], part['function']['arguments']);
  if (type === 'function_call') return make(part['call_id'] ?? part['id'], part['name'], part['arguments']);
  if (type === 'tool_use') return make(part['id'], part['name'], part['input']);
  if (type === 'tool_call' || type === 'tool-call') return make(part['id'] ?? part['toolCallId'], part['name'] ?? part['toolName'], part['arguments'] ?? part['args']);
  if (isObject(part['functionCall'])) return make(part['functionCall']['id'], part['functionCall']['name'], part['functionCall']['args']);
  if (isObject(part['toolUse'])) return make(part['toolUse']['toolUseId'], part['toolUse']['name'], part['toolUse']['input']);
  // A call whose type a client dropped: OpenAI's inner function alone.
  if (type === 'function' && text(part['name']) !== null) return make(part['id'], part['name'], part['arguments']);
  return null;
}

function resultOf(part: Record<string, unknown>, type: string): Block | null {
  const make = (id: unknown, name: unknown, value: unknown, failed: boolean): Block => ({
    kind: 'toolResult',
    id: text(id) ?? '',
    name: text(name),
    value: parsed(onlyText(value)),
    failed,
  });
  if (type === 'function_call_output') return make(part['call_id'], null, part['output'], false);
  if (type === 'tool_result') return make(part['tool_use_id'], null, part['content'], part['is_error'] === true);
  if (type === 'tool_call_response') return make(part['id'], part['name'], part['response'] ?? part['result'], false);
  if (type === 'tool-result') return make(part['toolCallId'], part['toolName'], part['result'] ?? part['output'], part['isError'] === true);
  const gemini = part['functionResponse'];
  if (isObject(gemini)) return make(gemini['id'], gemini['name'], gemini['response'], false);
  const bedrock = part['toolResult'];
  if (isObject(bedrock)) return make(bedrock['toolUseId'], null, bedrock['content'], bedrock['status'] === 'error');
  return null;
}

/** The text of content that is nothing but one text or JSON part. */
function onlyText(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1 || !isObject(value[0])) return value;
  return value[0]['text'] ?? value[0]['json'] ?? value;
}

function thoughtOf(part: Record<string, unknown>, type: string): Block | null {
  if (type === 'thinking') return { kind: 'thinking', text: text(part['thinking']) ?? '' };
  if (type === 'redacted_thinking') return { kind: 'thinking', text: '(redacted)' };
  if (type === 'reasoning') {
    const summary = list(part['summary']).map((s) => text(s['text']) ?? '');
    return { kind: 'thinking', text: text(part['content']) ?? text(part['text']) ?? summary.join('\n') };
  }
  if (part['thought'] === true && typeof part['text'] === 'string') return { kind: 'thinking', text: part['text'] };
  const bedrock = part['reasoningContent'];
  if (isObject(bedrock)) {
    const inner = bedrock['reasoningText'];
    return { kind: 'thinking', text: (isObject(inner) ? text(inner['text']) : text(inner)) ?? '' };
  }
  return null;
}

const MEDIA = new Set(['image', 'image_url', 'input_image', 'input_audio', 'audio', 'file', 'input_file', 'document', 'video']);

/** Media are named, never loaded: the page makes no outside request. */
function mediaOf(part: Record<string, unknown>, type: string): Block | null {
  const inline = part['inlineData'] ?? part['fileData'];
  if (isObject(inline)) return { kind: 'media', label: text(inline['mimeType']) ?? 'media' };
  const bedrock = ['image', 'document', 'video'].find((kind) => isObject(part[kind]) && type === '');
  if (bedrock !== undefined) return { kind: 'media', label: `${bedrock} · ${text((part[bedrock] as Record<string, unknown>)['format']) ?? ''}` };
  if (!MEDIA.has(type)) return null;
  const url = isObject(part['image_url']) ? part['image_url']['url'] : part['image_url'];
  const address = text(url) ?? '';
  const label = address.startsWith('data:') ? address.slice(5, address.indexOf(';')) : address;
  return { kind: 'media', label: label === '' ? type.replace('_', ' ') : label };
}
