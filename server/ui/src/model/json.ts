/** One line of a JSON value as the viewer shows it. */
export interface JsonRow {
  path: string;
  depth: number;
  /** The property's name or the element's index; null for the value itself. */
  key: string | number | null;
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** A scalar as JSON; for containers what they hold, as `3 keys`. */
  text: string;
  value: unknown;
  foldable: boolean;
  folded: boolean;
}

/** The value of a payload that is JSON, or undefined for any other text. Bare words and numbers count as text. */
export function parseJson(text: string): unknown {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[' && first !== '"') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): JsonRow['kind'] {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'object' || type === 'string' || type === 'number' || type === 'boolean' ? type : 'null';
}

/** A child's JSONPath: `$.messages[0]["odd key"]`. */
export function childPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/**
 * The rows of a value, depth first. A container is folded if `toggled` holds its path and it is shallower than `openDepth`,
 * or if it does not and it is not: so a fresh set folds by depth alone. Strings that hold JSON open as JSON.
 */
export function jsonRows(root: unknown, toggled: ReadonlySet<string>, openDepth: number): JsonRow[] {
  const rows: JsonRow[] = [];
  const visit = (raw: unknown, key: string | number | null, path: string, depth: number) => {
    const embedded = typeof raw === 'string' && depth > 0 ? parseJson(raw) : undefined;
    const value = typeof embedded === 'object' && embedded !== null ? embedded : raw;
    const kind = kindOf(value);
    const entries: [string | number, unknown][] =
      kind === 'array' ? (value as unknown[]).map((v, i) => [i, v]) : kind === 'object' ? Object.entries(value as object) : [];
    const foldable = entries.length > 0;
    const folded = foldable && depth >= openDepth !== toggled.has(path);
    rows.push({ path, depth, key, kind, text: textOf(kind, value, entries.length, value !== raw), value: raw, foldable, folded });
    if (!folded) for (const [k, v] of entries) visit(v, k, childPath(path, k), depth + 1);
  };
  visit(root, null, '$', 0);
  return rows;
}

function textOf(kind: JsonRow['kind'], value: unknown, size: number, embedded: boolean): string {
  const from = embedded ? ' · JSON in a string' : '';
  if (kind === 'array') return `${size} item${size === 1 ? '' : 's'}${from}`;
  if (kind === 'object') return `${size} key${size === 1 ? '' : 's'}${from}`;
  return kind === 'string' ? (value as string) : String(value);
}
