import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hugeTrace, smallTrace, supportTrace } from '../dev/scenario.ts';
import { expectAccessible, launch, open, signIn, type Watched } from './browser.ts';
import { PROJECT, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let on: Watched;
const support = supportTrace();
const huge = hugeTrace(10_000);
const SMALL = 40;

beforeAll(async () => {
  server = await startServer();
  browser = await launch();
  on = await open(browser, server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const address = (path: string) => `${server.url}/project/${PROJECT}${path}`;
const rows = () => on.page.locator('[role=grid] [role=row][aria-selected]');

test('login_wrongPassword_saysSo', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await page.waitForURL('**/login?to=*');
  await expectAccessible(page);

  await page.getByLabel('Email').fill('owner@example.org');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('alert').waitFor();
});

test('setup_unknownLink_saysWhatToDo', async () => {
  await on.page.goto(`${server.url}/setup/no-such-token`);

  await on.page.getByText('This link no longer works').waitFor();
  await expectAccessible(on.page);
});

test('onboarding_waits_andOpensTheFirstTrace', async () => {
  const { page } = on;
  await signIn(page, server.url);
  await page.getByText('Waiting for the first trace').waitFor();
  for (const tab of ['Python', 'TypeScript', 'OpenTelemetry', 'curl', 'Java agent']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').getByText('pk-lf-ui-e2e').waitFor();
    await expectAccessible(page);
  }

  await server.send(support, Date.now() - 8_000);

  await page.waitForURL(`**/traces/${support.id}`, { timeout: 10_000 });
});

test('trace_showsTreeFiguresAndConversation', async () => {
  const { page } = on;
  await page.goto(address(`/traces/${support.id}`));
  const tree = page.getByRole('treegrid');
  await tree.getByText('support-agent').waitFor();

  expect(await tree.locator('[role=row][aria-level]').count()).toBe(support.observations.length);
  await expectAccessible(page);

  await tree.getByText('answer', { exact: true }).click();
  await page.waitForURL('**observation=*');
  await page.getByText('I am sorry about your night').waitFor();
  await page.getByRole('article', { name: 'Message of the system' }).waitFor();
  await page.getByText('call_8Kd2').waitFor();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Cost' }).click();
  await page.getByText('priced by').waitFor();
  await expectAccessible(page);
  for (const tab of ['Input and output', 'Attributes', 'Scores']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectAccessible(page);
  }
});

test('trace_error_showsMessageAndStack', async () => {
  const { page } = on;
  await page.goto(address(`/traces/${support.id}`));
  await page.getByRole('treegrid').getByText('support-agent').waitFor();
  await page.keyboard.press('e');

  await page.getByText('request timed out').first().waitFor();
  await page.getByText('RefundClient.java:71').waitFor();
  await expectAccessible(page);
});

test('trace_keys_moveFoldAndReturn', async () => {
  const { page } = on;
  await page.goto(address(`/traces/${support.id}`));
  const tree = page.getByRole('treegrid');
  await tree.getByText('support-agent').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tree.locator('[role=row][aria-selected=true]').getByText('support-agent').waitFor();

  await page.keyboard.press('ArrowLeft');
  expect(await tree.locator('[role=row][aria-level]').count()).toBe(3);
  await page.keyboard.press('*');
  expect(await tree.locator('[role=row][aria-level]').count()).toBe(support.observations.length);

  await page.keyboard.press('Escape');
  await page.getByText('The whole trace').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('refunds');
  await page.keyboard.press('Enter');
  await page.getByText('1 of 2').waitFor();
});

test('trace_deepLink_showsTheSame', async () => {
  const wanted = support.observations.find((one) => one.name === 'plan')!;
  await on.page.goto(address(`/traces/${support.id}?observation=${wanted.id}&view=io`));

  await on.page.getByRole('heading', { name: 'plan' }).waitFor();
  await on.page.getByRole('tab', { name: 'Input and output', selected: true }).waitFor();
});

test('trace_unknown_saysWhatToDo', async () => {
  await on.page.goto(address('/traces/00000000000000000000000000000000'));

  await on.page.getByText('This trace is not here').waitFor();
  await expectAccessible(on.page);
});

test('traces_newestFirst_withTotals', async () => {
  const now = Date.now();
  for (let n = 0; n < SMALL; n++) await server.send(smallTrace(n), now - 60_000 - n * 97_000);
  const { page } = on;
  await page.goto(address('/traces'));
  await rows().first().waitFor();

  expect(await rows().first().textContent()).toContain('kari.nordmann');
  await page.getByText(`${SMALL + 1} traces`).waitFor();
  await expectAccessible(page);
});

test('traces_facetAndFilter_liveInTheAddress', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await page.getByRole('complementary', { name: 'Facets' }).getByText('staging').click();
  await page.waitForURL('**q=env*');
  await expect.poll(() => rows().count()).toBe(5);

  await page.reload();
  await expect.poll(() => rows().count()).toBe(5);
  await page.getByRole('button', { name: 'Remove env:staging' }).click();
  await expect.poll(() => rows().count()).toBeGreaterThan(20);

  await page.keyboard.press('/');
  await page.keyboard.type('user:ol');
  await page.getByRole('option', { name: /ola\.hansen/ }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL('**ola.hansen*');
  await expect.poll(() => rows().count()).toBe(10);
});

test('traces_wrongFilter_pointsAtIt', async () => {
  const { page } = on;
  await page.goto(address('/traces?q=nmae%3Aanswer'));
  const alert = page.getByRole('alert');
  await alert.waitFor();
  await expectAccessible(page);

  await alert.getByRole('button').click();

  await page.waitForURL('**q=name*');
});

test('traces_nothingMatches_namesTheFilter', async () => {
  const { page } = on;
  await page.goto(address('/traces?q=user%3Anobody'));
  await page.getByText(`0 of ${SMALL + 1} match`).waitFor();
  await expectAccessible(page);

  await page.getByRole('main').getByRole('button', { name: 'Remove user:nobody' }).last().click();
  await rows().first().waitFor();
});

test('traces_keyboard_opensAndAltClickFilters', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await rows().first().waitFor();
  await page.getByRole('gridcell').getByText('ola.hansen').first().click({ modifiers: ['Alt'] });
  await page.waitForURL('**user*ola.hansen*');

  await page.goto(address('/traces'));
  await rows().first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/traces/${support.id}`);
});

test('traces_live_showsWhatArrives', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await rows().first().waitFor();
  const fresh = smallTrace(900);
  fresh.name = 'just-arrived';

  await server.send(fresh, Date.now() - 500);
  await rows().first().getByText('just-arrived').waitFor();

  await page.keyboard.press('j');
  const held = smallTrace(901);
  held.name = 'held-back';
  await server.send(held, Date.now() - 200);
  await page.getByRole('button', { name: '1 new' }).click();
  await rows().first().getByText('held-back').waitFor();
});

test('shell_paletteShortcutsAndTheme', async () => {
  const { page } = on;
  await page.goto(address('/traces'));
  await rows().first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(support.id);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/traces/${support.id}`);
  await page.getByRole('button', { name: 'Theme' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await expectAccessible(page);
  await page.reload();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});

test('trace_hostileText_staysText', async () => {
  const hostile = smallTrace(902);
  const bad = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>[x](javascript:alert(1))';
  hostile.name = bad;
  hostile.tags = [bad];
  hostile.user = bad;
  for (const one of hostile.observations) Object.assign(one, { name: bad, input: bad, output: JSON.stringify({ role: 'assistant', content: bad }), metadata: { [bad]: bad } });
  await server.send(hostile, Date.now() - 1000);
  const { page } = on;
  for (const path of ['/traces', `/traces/${hostile.id}`, `/traces/${hostile.id}?observation=${hostile.observations.at(-1)!.id}`]) {
    await page.goto(address(path));
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('img[src=x]').count()).toBe(0);
  }
});

test('trace_tenThousandObservations_scrollsAtOnce', async () => {
  await server.send(huge, Date.now() - 200_000);
  const { page } = on;
  const took: number[] = [];
  for (let round = 0; round < 5; round++) {
    await page.goto(address('/traces?q=name%3Acrawl-and-summarise'));
    await rows().first().waitFor();
    took.push(
      await page.evaluate(async () => {
        const start = performance.now();
        document.querySelector<HTMLElement>('[role=grid] [role=row][aria-selected] a')!.click();
        while (document.querySelectorAll('[role=treegrid] [role=row][aria-level]').length < 10) {
          if (performance.now() - start > 20_000) throw new Error('no rows within 20 s');
          await new Promise(requestAnimationFrame);
        }
        return performance.now() - start;
      }),
    );
  }
  console.log(`10,000 observations, click to rows: ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  const tree = page.getByRole('treegrid');
  expect(await tree.getAttribute('aria-rowcount')).toBe('10001');
  expect(await tree.locator('[role=row]').count()).toBeLessThanOrEqual(60);
  expect(await page.locator('*').count()).toBeLessThanOrEqual(2500);
  await tree.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await tree.locator('[aria-rowindex="10001"]').waitFor();
  await expectAccessible(page);
});

test('phone_listAndTrace_areUsable', async () => {
  const phone = await open(browser, server.url, { width: 390, height: 844, dark: true });
  await signIn(phone.page, server.url);
  await phone.page.locator('[role=grid] [role=row][aria-selected]').first().waitFor();
  await expectAccessible(phone.page);
  await phone.page.goto(address(`/traces/${support.id}`));
  await phone.page.getByRole('treegrid').getByText('plan').click();
  await phone.page.getByRole('article', { name: 'Message of the user' }).waitFor();
  await expectAccessible(phone.page);
  await phone.page.getByRole('button', { name: 'Back to the whole trace' }).click();
  await phone.page.getByRole('button', { name: 'Trace detail' }).click();
  await phone.page.getByText('The whole trace').waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(phone.trouble).toEqual([]);
  await phone.page.context().close();
});

test('nothingWentWrong_noOutsideRequest', () => expect(on.trouble).toEqual([]));
