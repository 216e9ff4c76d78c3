/** A message of a chat prompt, or a place where the caller puts messages of its own. */
export type PromptMessage = { role: string; content: string } | { type: 'placeholder'; name: string };

/** A stretch of a prompt's text. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; text: string; name: string }
  | { kind: 'reference'; text: string; name: string; version: number | null; label: string | null };

const MARK = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}|@@@langfusePrompt:(.*?)@@@/g;

/** The text in pieces: `{{variables}}`, references to other prompts, and what is between. Joined, they are the text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(MARK)) {
    if (found.index > at) pieces.push({ kind: 'text', text: text.slice(at, found.index) });
    const [whole, variable, reference] = found;
    pieces.push(variable !== undefined ? { kind: 'variable', text: whole, name: variable } : referenceOf(whole, reference ?? ''));
    at = found.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

function referenceOf(whole: string, inner: string): Piece {
  const said = new Map(inner.split('|').map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]));
  const name = said.get('name');
  const version = Number(said.get('version'));
  if (!name) return { kind: 'text', text: whole };
  return { kind: 'reference', text: whole, name, version: version > 0 ? version : null, label: said.get('label') ?? null };
}

/** All texts of a prompt, in order. */
export function textsOf(prompt: string | readonly PromptMessage[]): string[] {
  if (typeof prompt === 'string') return [prompt];
  return prompt.flatMap((message) => ('content' in message ? [message.content] : []));
}

/** The names of a prompt's variables and placeholders, in order of appearance. */
export function variablesOf(prompt: string | readonly PromptMessage[]): { variables: string[]; placeholders: string[] } {
  const variables = new Set<string>();
  for (const text of textsOf(prompt)) for (const piece of piecesOf(text)) if (piece.kind === 'variable') variables.add(piece.name);
  const placeholders = typeof prompt === 'string' ? [] : prompt.flatMap((m) => ('content' in m ? [] : [m.name]));
  return { variables: [...variables], placeholders: [...new Set(placeholders)] };
}

/** The prompt as one text to compare: messages under their roles. */
export function asText(prompt: string | readonly PromptMessage[]): string {
  if (typeof prompt === 'string') return prompt;
  return prompt.map((m) => ('content' in m ? `[${m.role}]\n${m.content}` : `[placeholder ${m.name}]`)).join('\n\n');
}
