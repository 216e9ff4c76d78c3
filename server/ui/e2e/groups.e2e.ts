import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallTrace, supportTrace } from '../dev/scenario.ts';
import { expectAccessible, launch, open, signIn, type Watched } from './browser.ts';
import { PROJECT, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let on: Watched;
const support = supportTrace();
const HOUR = 3_600_000;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  on = await open(browser, server.url);
  const now = Date.now();
  for (let n = 0; n < 24; n++) await server.send(smallTrace(n), now - 30 * 60_000 - n * HOUR);
  await server.send(support, now - 42_000);
  // the same chat, three hours before, and once at the very beginning
  for (const [n, before] of [[1, 3 * HOUR], [2, 3 * HOUR + 20_000]] as const) {
    const turn = smallTrace(300 + n);
    Object.assign(turn, { session: support.session, user: 'ola.hansen' });
    await server.send(turn, now - before);
  }
  const odd = smallTrace(400);
  Object.assign(odd, { session: 'a/b c%d', user: 'who/else?' });
  await server.send(odd, now - 2 * 86_400_000);
  await signIn(on.page, server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const address = (path: string) => `${server.url}/project/${PROJECT}${path}`;
const rows = () => on.page.locator('[role=grid] [role=row][aria-selected]');

test('sessions_lastActiveFirst_sorted_andFiltered', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await rows().first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL('**/sessions');
  await rows().first().getByText('chat-7f3a').waitFor();
  await page.getByText('14 sessions').waitFor();
  expect(await rows().first().textContent()).toContain('kari.nordmann +1');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Cost' }).click();
  await page.waitForURL('**sort=cost.desc');
  await page.getByRole('button', { name: 'Cost' }).click();
  await page.waitForURL('**sort=cost.asc');
  await expect.poll(() => rows().first().textContent()).not.toContain('chat-7f3a');

  await page.goto(address('/sessions?q=user%3Aingrid.berg'));
  await page.getByText('6 sessions').waitFor();
  await page.goto(address('/sessions?q=user%3Anobody'));
  await page.getByText('Nothing matches').waitFor();
  await expectAccessible(page);
  await page.goto(address('/sessions?q=usr%3Anobody'));
  await page.getByText('This filter cannot be read').waitFor();
});

test('session_showsTurnsAndPauses', async () => {
  const { page } = on;
  await page.goto(address('/sessions'));
  await rows().first().getByText('chat-7f3a').click();
  await page.waitForURL('**/sessions/chat-7f3a');
  await page.getByRole('article', { name: /Turn 1/ }).waitFor();
  await page.getByText(/^2 h 5\d min idle$/).waitFor();
  const last = page.getByRole('article', { name: /Turn 3, support-answer/ });
  await last.getByText('My night train NT 414').waitFor();
  await last.getByText('I am sorry about your night').waitFor();
  await expectAccessible(page);

  await page.getByRole('navigation', { name: 'Jump to one of 3 turns' }).getByRole('button').first().click();
  await page.getByRole('article', { name: /Turn 1/ }).getByRole('link').click();
  await page.waitForURL('**/traces/*');
  await page.getByRole('link', { name: 'chat-7f3a' }).click();
  await page.waitForURL('**/sessions/chat-7f3a');
});

test('session_live_growsWithTheConversation', async () => {
  const { page } = on;
  await page.goto(address('/sessions/chat-7f3a'));
  await page.getByRole('article', { name: /Turn 3/ }).waitFor();
  const more = smallTrace(303);
  Object.assign(more, { session: support.session });
  await server.send(more, Date.now() - 700);

  await page.getByRole('article', { name: /Turn 4/ }).waitFor();
});

test('session_unknownAndOddIds', async () => {
  const { page } = on;
  await page.goto(address('/sessions/none-such'));
  await page.getByText('This session is not here').waitFor();
  await expectAccessible(page);

  await page.goto(address('/sessions'));
  await rows().getByText('a/b c%d').click();
  await page.getByRole('heading', { name: 'a/b c%d' }).waitFor();
  await page.getByRole('article', { name: /Turn 1/ }).waitFor();
});

test('users_list_andPageWithFigures', async () => {
  const { page } = on;
  await page.goto(address('/users?sort=traces.desc'));
  await page.getByText('5 users').waitFor();
  expect(await rows().first().textContent()).toContain('ola.hansen');
  await expectAccessible(page);

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/users/ola.hansen');
  await page.getByRole('figure', { name: 'Cost over time' }).waitFor();
  await rows().first().waitFor();
  expect(await page.locator('dl').first().textContent()).toMatch(/Traces8.*Failed\d+(\.\d)? %.*Cost\$/);
  await expectAccessible(page);

  await page.getByRole('tab', { name: /Sessions/ }).click();
  await page.waitForURL('**view=sessions');
  await page.getByRole('grid', { name: 'Sessions' }).getByText('chat-7f3a').waitFor();
  await expectAccessible(page);

  await page.getByRole('figure', { name: 'Traces over time' }).getByRole('button', { name: /: [1-9]/ }).last().click();
  await page.waitForURL('**from=*to=*');

  await page.goto(address('/users/who%2Felse%3F?range=1h'));
  await page.getByText('No trace of this project names this user').waitFor();
  await page.getByRole('button', { name: 'Search all time' }).click();
  await page.getByRole('heading', { name: 'who/else?' }).waitFor();
  await rows().first().waitFor();
});

test('phone_sessionAndUser_areUsable', async () => {
  const phone = await open(browser, server.url, { width: 390, height: 844, dark: true });
  await signIn(phone.page, server.url);
  for (const path of ['/sessions', '/sessions/chat-7f3a', '/users', '/users/ola.hansen']) {
    await phone.page.goto(address(path));
    await phone.page.locator('[role=grid] [role=row][aria-selected], article').first().waitFor();
    await expectAccessible(phone.page);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  expect(phone.trouble).toEqual([]);
  await phone.page.context().close();
});

test('nothingWentWrong_noOutsideRequest', () => expect(on.trouble).toEqual([]));
