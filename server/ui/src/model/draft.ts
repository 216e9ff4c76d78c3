import { diffOf, sizeOf } from './diff.ts';
import { asText, variablesOf, type PromptMessage } from './template.ts';

/** A prompt version while it is being written. The configuration is text until it is saved. */
export interface Draft {
  type: 'text' | 'chat';
  text: string;
  messages: PromptMessage[];
  config: string;
}

export const NO_DRAFT: Draft = { type: 'text', text: '', messages: [{ role: 'system', content: '' }, { role: 'user', content: '' }], config: '{}' };

/** The draft that begins as a copy of a version. */
export function draftOf(prompt: string | PromptMessage[], config: unknown): Draft {
  const written = JSON.stringify(config ?? {}, null, 2);
  return typeof prompt === 'string'
    ? { ...NO_DRAFT, text: prompt, config: written }
    : { ...NO_DRAFT, type: 'chat', messages: prompt, config: written };
}

export function contentOf(draft: Draft): string | PromptMessage[] {
  return draft.type === 'text' ? draft.text : draft.messages;
}

/** What keeps a draft from being saved, in words; null when nothing does. */
export function problemOf(draft: Draft, name: string): string | null {
  if (name.trim() === '') return 'Give the prompt a name.';
  if (name.length > 255 || name.includes('|')) return 'Names have at most 255 characters and no |.';
  if (draft.type === 'text' && draft.text.trim() === '') return 'The prompt is empty.';
  if (draft.type === 'chat' && draft.messages.length === 0) return 'A chat prompt needs at least one message.';
  const { variables, placeholders } = variablesOf(contentOf(draft));
  if (placeholders.some((placeholder) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(placeholder))) return 'Placeholders are named by letters, digits and _, beginning with a letter.';
  const both = placeholders.find((placeholder) => variables.includes(placeholder));
  if (both !== undefined) return `${both} is both a variable and a placeholder.`;
  return configOf(draft) === undefined ? 'The configuration is no valid JSON.' : null;
}

/** The configuration as a value; undefined while it is no JSON. */
export function configOf(draft: Draft): unknown {
  try {
    return draft.config.trim() === '' ? {} : (JSON.parse(draft.config) as unknown);
  } catch {
    return undefined;
  }
}

/** A commit message to begin with: what changed since the version before. */
export function messageFor(before: Draft | null, after: Draft): string {
  if (before === null) return 'First version';
  const { added, removed } = sizeOf(diffOf(asText(contentOf(before)), asText(contentOf(after))).filter((line) => line.kind !== 'same'));
  const was = variablesOf(contentOf(before)).variables;
  const is = variablesOf(contentOf(after)).variables;
  const parts = [
    added + removed > 0 ? `${added} ${added === 1 ? 'line' : 'lines'} added, ${removed} removed` : '',
    ...is.filter((name) => !was.includes(name)).map((name) => `new {{${name}}}`),
    ...was.filter((name) => !is.includes(name)).map((name) => `no {{${name}}}`),
    JSON.stringify(configOf(before)) === JSON.stringify(configOf(after)) ? '' : 'settings changed',
  ];
  return parts.filter((part) => part !== '').join('; ') || 'No change';
}

/** The messages with one moved by a place; at an end it stays. */
export function moved(messages: readonly PromptMessage[], at: number, by: -1 | 1): PromptMessage[] {
  const next = [...messages];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(next.length, at + by)), 0, one);
  return next;
}
