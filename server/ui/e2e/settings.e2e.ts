import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, launch, open, signIn, type Watched } from './browser.ts';
import { PROJECT, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let on: Watched;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  on = await open(browser, server.url);
  await signIn(on.page, server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const address = (path: string) => `${server.url}/project/${PROJECT}${path}`;

test('key_isShownOnce_works_andEnds', async () => {
  const { page } = on;
  await page.goto(address('/settings'));
  await page.getByText('pk-lf-ui-e2e').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'New key' }).click();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Note' }).fill('nightly job');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const code = page.getByRole('dialog').locator('pre');
  for (const tab of ['.env', 'Shell', 'Java agent', 'OpenTelemetry']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expectAccessible(page);
  }
  await page.getByRole('tab', { name: '.env' }).click();
  const [, publicKey, secretKey] = /PUBLIC_KEY=(\S+)\s+LANGFUSE_SECRET_KEY=(\S+)/.exec((await code.textContent())!)!;
  await page.getByRole('button', { name: 'Copy the set-up' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(secretKey);
  const ask = () => fetch(`${server.url}/api/public/traces`, { headers: { authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` } }).then((r) => r.status);
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'I have copied it' }).click();

  await page.getByRole('row', { name: /nightly job/ }).waitFor();
  expect(await page.content()).not.toContain(secretKey);
  await page.getByRole('button', { name: `Delete the key ${publicKey}` }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete the key', exact: true }).last().click();
  await page.getByRole('row', { name: /nightly job/ }).waitFor({ state: 'detached' });
  expect(await ask()).toBe(401);
});

test('project_isRenamed_everywhere', async () => {
  const { page } = on;
  await page.goto(address('/settings'));
  const name = page.getByRole('textbox', { name: 'Name' });
  expect(await page.getByRole('button', { name: 'Rename' }).isDisabled()).toBe(true);
  await name.fill('Night trains');
  await page.getByRole('button', { name: 'Rename' }).click();

  await page.getByRole('navigation', { name: 'Main' }).getByText('Night trains').waitFor();
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).getByText('Night trains').waitFor();
});

test('phone_settings_areUsable', async () => {
  const phone = await open(browser, server.url, { width: 390, height: 844, dark: true });
  await signIn(phone.page, server.url);
  await phone.page.goto(address('/settings'));
  await phone.page.getByText('pk-lf-ui-e2e').waitFor();
  await expectAccessible(phone.page);
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(phone.trouble).toEqual([]);
  await phone.page.context().close();
});

test('nothingWentWrong_noOutsideRequest', () => expect(on.trouble).toEqual([]));
