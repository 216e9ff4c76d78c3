/** An entry of a folder: another folder with how many prompts are below it, or a prompt. */
export type Entry<P> = { kind: 'folder'; name: string; path: string; count: number } | { kind: 'prompt'; name: string; prompt: P };

/** What stands directly in a folder of slash-separated names; folders first, each by name. The top is the empty path. */
export function entriesOf<P extends { name: string }>(prompts: readonly P[], folder: string): Entry<P>[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const folders = new Map<string, number>();
  const here: Entry<P>[] = [];
  for (const prompt of prompts) {
    if (!prompt.name.startsWith(prefix)) continue;
    const rest = prompt.name.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash > 0) folders.set(rest.slice(0, slash), (folders.get(rest.slice(0, slash)) ?? 0) + 1);
    else here.push({ kind: 'prompt', name: rest, prompt });
  }
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  const above: Entry<P>[] = [...folders].map(([name, count]) => ({ kind: 'folder', name, path: prefix + name, count }));
  return [...above.sort(byName), ...here.sort(byName)];
}

/** Prompts anywhere below a folder whose name, tag or label contains every word. */
export function found<P extends { name: string; tags: string[]; labels: string[] }>(prompts: readonly P[], folder: string, words: string): Entry<P>[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const prefix = folder === '' ? '' : `${folder}/`;
  return prompts
    .filter((p) => p.name.startsWith(prefix))
    .filter((p) => wanted.every((word) => [p.name, ...p.tags, ...p.labels].some((text) => text.toLowerCase().includes(word))))
    .map((prompt) => ({ kind: 'prompt', name: prompt.name.slice(prefix.length), prompt }));
}

/** The folders on the way to a path: `a/b` gives `a` and `a/b`. */
export function trail(path: string): { name: string; path: string }[] {
  const names = path.split('/').filter((name) => name !== '');
  return names.map((name, i) => ({ name, path: names.slice(0, i + 1).join('/') }));
}
