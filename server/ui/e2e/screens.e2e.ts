import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallTrace, supportTrace } from '../dev/scenario.ts';
import { launch, open, signIn } from './browser.ts';
import { PROJECT, startServer, type Server } from './server.ts';

const folder = process.env['SCREENS_DIR'] ?? join(tmpdir(), 'sonde-screens');
let server: Server;
let browser: Browser;
const support = supportTrace();
/** Name of the picture, address, and what is there when the page is. */
const PAGES = [
  ['sessions', '/sessions', 'chat-7f3a'],
  ['session', '/sessions/chat-7f3a', ' idle'],
  ['users', '/users', 'ingrid.berg'],
  ['user', '/users/kari.nordmann?range=24h', /highest \$/],
  ['prompts', '/prompts', 'support-answer'],
  ['prompt', '/prompts/support-answer', 'You are the support agent'],
  ['prompt-changes', '/prompts/support-answer?view=diff', 'Answer in {{language}}'],
  ['settings', '/settings', 'pk-lf-ui-e2e'],
  ['prompt-editor', '/prompts/support-answer?edit=1', 'Save version'],
] as const;
const PROMPT = { name: 'support-answer', type: 'chat', config: { model: 'gpt-4o', temperature: 0.2 } };
const SYSTEM = 'You are the support agent of {{company}}.\nAnswer from the given articles only.';

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startServer();
  browser = await launch();
  const now = Date.now();
  for (let n = 0; n < 60; n++) await server.send(smallTrace(n), now - 139_000 - n * 97_000);
  await server.send(support, now - 42_000);
  await server.post('/api/public/v2/prompts', JSON.stringify({ ...PROMPT, labels: ['production'], commitMessage: 'First version', prompt: [{ role: 'system', content: SYSTEM }, { role: 'user', content: '{{question}}' }] }));
  const second = [{ role: 'system', content: `${SYSTEM}\nAnswer in {{language}}, and cite by number.` }, { type: 'placeholder', name: 'history' }, { role: 'user', content: '{{question}}' }];
  await server.post('/api/public/v2/prompts', JSON.stringify({ ...PROMPT, labels: ['staging'], commitMessage: 'Answers in the language of the customer', prompt: second }));
  for (const [n, before] of [[104, 4_000_000], [105, 600_000]] as const) {
    const turn = smallTrace(n);
    Object.assign(turn, { session: support.session, user: support.user });
    await server.send(turn, now - before);
  }
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test.each(['light', 'dark'])('screens_%s', async (theme) => {
  const { page, trouble } = await open(browser, server.url, { dark: theme === 'dark' });
  await signIn(page, server.url);
  await page.getByRole('gridcell').getByText('My night train').waitFor();
  await page.getByRole('complementary').getByText('staging').waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `traces-${theme}.png`) });

  const shown = support.observations.find((one) => one.name === 'answer')!;
  await page.goto(`${server.url}/project/${PROJECT}/traces/${support.id}?observation=${shown.id}`);
  await page.getByText('My night train').first().waitFor();
  await page.screenshot({ path: join(folder, `trace-${theme}.png`) });

  for (const [name, path, ready] of PAGES) {
    await page.goto(`${server.url}/project/${PROJECT}${path}`);
    await page.getByText(ready).first().waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
  }

  expect(trouble).toEqual([]);
  await page.context().close();
});
