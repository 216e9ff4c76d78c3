// Which operations of the server a client really used: requests of node:http and of fetch, seen where they start.
import diagnostics from 'node:diagnostics_channel';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The header of requests that are the test's own, not the client's. */
export const OWN = 'x-own-request';

const used = new Set();

/** Begins to listen; when the process ends, the operations are in a file of `directory` named like the test. */
export function record(origin, directory) {
  const add = (method, path) => used.add(`${method} ${path.split('?')[0]}`);
  diagnostics.subscribe('undici:request:create', ({ request }) => {
    if (String(request.origin) === origin && !String(request.headers).includes(OWN)) {
      add(request.method, request.path);
    }
  });
  diagnostics.subscribe('http.client.request.start', ({ request }) => {
    if (`http://${request.getHeader('host')}` === origin) {
      add(request.method, request.path);
    }
  });
  process.on('exit', () => {
    mkdirSync(directory, { recursive: true });
    const client = basename(process.argv[1], '.test.js');
    writeFileSync(join(directory, `${client}.json`), JSON.stringify([...used].sort(), null, 2));
  });
}
