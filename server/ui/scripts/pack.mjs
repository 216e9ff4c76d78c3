// Compresses what the server serves as it is, and holds the budget: the script a first visit loads, gzipped.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = { script: 180 * 1024, route: 80 * 1024, style: 20 * 1024 };
const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt']);
const sizes = new Map();

function pack(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) pack(path);
    else if (TEXT.has(extname(name))) {
      const zipped = gzipSync(readFileSync(path), { level: 9 });
      writeFileSync(`${path}.gz`, zipped);
      sizes.set(path.slice('dist'.length), zipped.length);
    }
  }
}

pack('dist');
const html = readFileSync('dist/index.html', 'utf8');
const first = new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]));
const sum = (ext) => [...sizes].filter(([p]) => first.has(p) && p.endsWith(ext)).reduce((n, [, s]) => n + s, 0);
const over = [];
const check = (what, size, limit) => {
  console.log(`${what}: ${(size / 1024).toFixed(1)} KB gzip (<= ${limit / 1024})`);
  if (size > limit) over.push(what);
};
check('initial script', sum('.js'), BUDGET.script);
check('initial style', sum('.css'), BUDGET.style);
for (const [path, size] of sizes) if (path.endsWith('.js') && !first.has(path)) check(path, size, BUDGET.route);
if (over.length > 0) {
  console.error(`over budget: ${over.join(', ')}`);
  process.exit(1);
}
