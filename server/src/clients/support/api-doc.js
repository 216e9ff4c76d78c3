// The page docs/api.md: every operation that Langfuse's own client knows, whether this server has it, and which of the
// clients here used it. Arguments: the directory that the clients left their operations in, the page, and what to do
// with it: `write` it, or `check` that everything it promises is still so.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { url } from './server.js';

const [directory, page, task] = process.argv.slice(2);
const known = operations(readFileSync(createRequire(import.meta.url).resolve('@langfuse/core'), 'utf8'));
const clients = readdirSync(directory)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    name: basename(file, '.json'),
    used: JSON.parse(readFileSync(join(directory, file), 'utf8')),
  }));

let had = 0;
const rows = [];
for (const { method, path, pattern } of known) {
  const has = await isThere(method, path);
  had += has ? 1 : 0;
  const users = clients
    .filter(({ used }) => used.some((one) => one.startsWith(`${method} `) && pattern.test(one.slice(method.length + 1))))
    .map(({ name }) => name);
  rows.push({ method, path, has, users });
}
if (task === 'write') {
  writeFileSync(page, text());
} else {
  const broken = promises(readFileSync(page, 'utf8'));
  if (broken.length > 0) {
    console.error(`${page} promises what is not so:\n${broken.join('\n')}`);
    process.exitCode = 1;
  }
}

/** What the page says that is no longer so. */
function promises(written) {
  const broken = [];
  for (const [, method, path, has, users] of written.matchAll(/^\| ([A-Z]+) \| `(.+)` \| (yes|no) \| (.*) \|$/gm)) {
    const row = rows.find((one) => one.method === method && one.path === path);
    if (has === 'yes' && !row?.has) {
      broken.push(`${method} ${path} is there`);
    }
    for (const user of users.split(', ').filter((name) => name && !row?.users.includes(name))) {
      broken.push(`${method} ${path} is used by ${user}`);
    }
  }
  return broken;
}

function text() {
  const lines = rows.map(
    ({ method, path, has, users }) => `| ${method} | \`${path}\` | ${has ? 'yes' : 'no'} | ${users.join(', ')} |`,
  );
  return `# Langfuse's interface

The ${known.length} operations that Langfuse's own client (npm \`@langfuse/core\`) knows, of which this server has ${had}. The last
column names the programs of [src/clients](../server/src/clients/README.md) that use an operation and check what it does.

This page is written by \`ClientsIT\`, which asks a running server what it has, and every later run holds it to what it
says. \`mvn verify -pl server -am -DskipUi -Dit.test=ClientsIT -Dsonde.docs=write
-Dfailsafe.failIfNoSpecifiedTests=false\` writes it anew.

| method | path | here | used by |
|---|---|---|---|
${lines.join('\n')}
`;
}

/** Methods and paths, read from the code of the generated client. */
function operations(code) {
  const found = new Map();
  let path = null;
  for (const line of code.split('\n')) {
    const named = line.match(/["`](?:\/)?(api\/public\/[^"`]*)["`]/);
    if (named && !line.trimStart().startsWith('*')) {
      path = `/${named[1].replace(/\$\{encodeURIComponent\((\w+)\)\}/g, '{$1}')}`;
    }
    const method = line.match(/^\s+method: "([A-Z]+)",$/);
    if (method && path) {
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
      found.set(`${path} ${method[1]}`, { method: method[1], path, pattern });
      path = null;
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, operation]) => operation);
}

/** Asks without a key: what is there answers, or asks for one; nothing is changed. */
async function isThere(method, path) {
  const response = await fetch(url + path.replace(/\{\w+\}/g, 'x'), { method });
  const text = await response.text();
  return response.status !== 405 && !(response.status === 404 && text.includes('There is nothing at'));
}
