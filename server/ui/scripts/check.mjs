// Rules of the sources that the compiler does not know: colours live in tokens.css alone, markup is never made of strings,
// components stay short, and the lock file names no registry.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAX_COMPONENT_LINES = 150;
const COLOUR = /#[0-9a-f]{3,8}\b(?![\w-])|\b(?:rgba?|hsla?|oklch)\(/i;
const problems = [];

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

for (const path of files('src')) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const test = path.endsWith('.test.ts');
  lines.forEach((line, i) => {
    const at = `${path}:${i + 1}`;
    if (!test && !path.endsWith('tokens.css') && COLOUR.test(line)) problems.push(`${at}: colour literal outside tokens.css`);
    if (line.includes('dangerouslySetInnerHTML') || /\.(inner|outer)HTML\b/.test(line)) problems.push(`${at}: markup from a string`);
    if (!test && /["'`(]https?:\/\/(?!www\.w3\.org)/.test(line)) problems.push(`${at}: address of another host`);
  });
  if (path.endsWith('.tsx') && lines.length > MAX_COMPONENT_LINES + 1) {
    problems.push(`${path}: ${lines.length} lines (expected: <= ${MAX_COMPONENT_LINES})`);
  }
}
if (readFileSync('package-lock.json', 'utf8').includes('"resolved"')) problems.push('package-lock.json: names a registry');

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
