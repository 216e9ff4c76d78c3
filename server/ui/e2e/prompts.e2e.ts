import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallTrace } from '../dev/scenario.ts';
import { expectAccessible, launch, open, signIn, type Watched } from './browser.ts';
import { PROJECT, startServer, type Server } from './server.ts';

let server: Server;
let browser: Browser;
let on: Watched;
const ODD = 'support/é? 50%#1';

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
const rows = () => on.page.locator('[role=grid] [role=row][aria-selected]');

test('prompts_empty_leadsToTheFirst', async () => {
  const { page } = on;
  await page.goto(address('/prompts'));
  await page.getByText('No prompts yet').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Write the first prompt' }).click();
  await page.waitForURL('**/prompts/new');
  await page.getByText('Give the prompt a name.').waitFor();
  expect(await page.getByRole('button', { name: 'Save prompt' }).isDisabled()).toBe(true);
  await expectAccessible(page);

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('support/tone');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Be brief and kind.\nNever promise money.');
  await page.getByRole('button', { name: 'Save prompt' }).click();

  await page.getByRole('heading', { name: 'tone' }).waitFor();
  await page.getByRole('button', { name: /Version 1 production latest First version/ }).waitFor();
  await expectAccessible(page);
});

test('prompt_chat_isWritten_withVariablesReferencesAndPlaceholders', async () => {
  const { page } = on;
  await page.goto(address('/prompts/new?folder=support'));
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('support/answer');
  await page.getByRole('combobox', { name: 'Type' }).selectOption('chat');
  await page.getByLabel('Text of message 1').fill('@@@langfusePrompt:name=support/tone|label=production@@@\nYou help {{company}}.');
  await page.getByLabel('Text of message 2').fill('{{question}}');
  await page.getByRole('button', { name: 'Placeholder' }).click();
  await page.getByRole('button', { name: 'Move message 3 up' }).click();
  await page.getByLabel('Name of placeholder 2').waitFor();
  await page.getByLabel('Settings, as JSON').fill('{"model": ');
  await page.getByText('The configuration is no valid JSON.').waitFor();
  await page.getByLabel('Settings, as JSON').fill('{"model": "gpt-4o", "temperature": 0.2}');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');

  await page.getByRole('heading', { name: 'answer', exact: true }).waitFor();
  await page.getByRole('link', { name: 'support/tone @ production' }).waitFor();
  await page.getByLabel('With embedded prompts put in place, as programs get it').check();
  await page.getByText('Never promise money.').waitFor();
  await expectAccessible(page);
});

test('prompt_newVersion_showsItsChanges_andKeepsProduction', async () => {
  const { page } = on;
  await page.goto(address('/prompts/support/answer'));
  await page.getByRole('button', { name: 'New version' }).click();
  await page.getByLabel('Text of message 3').fill('{{question}}\nAnswer in {{language}}.');
  await page.getByText('new {{language}}').or(page.locator('input[value*="new {{language}}"]')).first().waitFor();
  await page.getByRole('region', { name: /Changes: 1 line added/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save version' }).click();

  await page.getByRole('button', { name: /Version 2 latest 1 line added, 0 removed; new/ }).waitFor();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByRole('region', { name: /Prompt: 1 line added/ }).getByText('Answer in {{language}}.').waitFor();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('region', { name: /Prompt: 1 line added/ }).waitFor();
});

test('prompt_leavingADraft_asksFirst', async () => {
  const { page } = on;
  await page.goto(address('/prompts/support/answer?edit=1'));
  await page.getByLabel('Text of message 1').fill('changed');
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('link', { name: 'Users' }).click();
  expect(await page.getByLabel('Text of message 1').inputValue()).toBe('changed');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('link', { name: 'Users' }).click();
  await page.waitForURL('**/users');
});

test('prompt_label_showsWhatItReplaces', async () => {
  const { page } = on;
  await page.goto(address('/prompts/support/answer'));
  await page.getByRole('button', { name: 'Label' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It replaces').waitFor();
  await dialog.getByRole('region', { name: /Prompt: 1 line added/ }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('combobox', { name: 'Label' }).fill('No Such!');
  await dialog.getByRole('button', { name: /Put No Such!/ }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('combobox', { name: 'Label' }).fill('production');
  await dialog.getByRole('button', { name: 'Put production on version 2' }).click();

  await page.getByRole('button', { name: /Version 2 (latest production|production latest)/ }).waitFor();
});

test('prompt_useIt_isCodeForThisPrompt', async () => {
  const { page } = on;
  await page.goto(address('/prompts/support/answer?view=use'));
  for (const [language, code] of [
    ['Java', 'Sonde.propagate().prompt("support/answer"'],
    ['Python', 'messages = prompt.compile(company="…", question="…", language="…", history=[])'],
    ['TypeScript', 'langfuse.prompt.get("support/answer", { label: "production", type: "chat" })'],
    ['curl', '/api/public/v2/prompts/support%2Fanswer?label=production'],
  ] as const) {
    await page.getByRole('tab', { name: language }).click();
    await page.locator('pre').getByText(code, { exact: false }).waitFor();
    await expectAccessible(page);
  }
  await page.getByRole('combobox', { name: 'Fetch' }).selectOption('exactly version 2');
  await page.locator('pre').getByText('?version=2').waitFor();
});

test('prompt_figuresAndGenerations', async () => {
  const { page } = on;
  const made = smallTrace(1);
  made.observations.at(-1)!.prompt = ['support/answer', 2];
  await server.send(made, Date.now() - 5_000);
  await page.goto(address('/prompts/support/answer?view=metrics'));
  await page.getByRole('row', { name: /^2 1 0 / }).waitFor();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Generations' }).click();
  await page.waitForURL('**view=generations');
  await page.getByRole('grid', { name: 'Generations' }).getByRole('link', { name: 'answer' }).click();
  await page.waitForURL(`**/traces/${made.id}?observation=*`);
  await page.getByRole('link', { name: 'support/answer v2' }).click();
  await page.waitForURL('**/prompts/support/answer?version=2');
});

test('prompts_folders_findAndOddNames', async () => {
  const { page } = on;
  await page.goto(address('/prompts/new?folder=support'));
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(ODD);
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('odd');
  await page.getByRole('button', { name: 'Save prompt' }).click();
  await page.getByRole('heading', { name: 'é? 50%#1' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'é? 50%#1' }).waitFor();

  await page.goto(address('/prompts'));
  await rows().getByRole('link', { name: 'support' }).click();
  await page.waitForURL('**folder=support');
  await expect.poll(() => rows().count()).toBe(3);
  await expectAccessible(page);
  await page.keyboard.press('/');
  await page.keyboard.type('answ');
  await expect.poll(() => rows().count()).toBe(1);
  expect(await rows().first().textContent()).toMatch(/answer.*chat.*2.*2/);
  await page.goto(address('/prompts?find=nothing+such'));
  await page.getByText('No prompt matches').waitFor();
  await expectAccessible(page);
});

test('prompt_delete_isRefusedWhileEmbedded_andAsksFirst', async () => {
  const { page } = on;
  await page.goto(address('/prompts/support/tone'));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete the prompt…' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete 1 version' }).click();
  await page.getByRole('alert').getByText('support/answer').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.goto(address(`/prompts/${ODD.split('/').map(encodeURIComponent).join('/')}`));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete the prompt…' }).click();
  await page.getByRole('button', { name: 'Delete 1 version' }).click();
  await page.waitForURL('**/prompts');
  await page.goto(address('/prompts/no/such'));
  await page.getByText('There is no such prompt').first().waitFor();
  await expectAccessible(page);
});

test('prompt_hostileText_staysText', async () => {
  const { page } = on;
  const bad = '<img src=x onerror="document.title=\'owned\'">{{x}}@@@langfusePrompt:name=javascript:alert(1)|version=1@@@';
  await page.goto(address('/prompts/support/tone?edit=1'));
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(bad.replace(/@@@.*@@@/, ''));
  await page.getByLabel('Why there is this version').fill(bad);
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByText('<img src=x').first().waitFor();
  expect(await page.locator('img[src=x]').count()).toBe(0);
  expect(await page.title()).not.toBe('owned');
});

test('phone_prompts_areUsable', async () => {
  const phone = await open(browser, server.url, { width: 390, height: 844, dark: true });
  await signIn(phone.page, server.url);
  for (const path of ['/prompts?folder=support', '/prompts/support/answer', '/prompts/support/answer?view=diff', '/prompts/support/answer?edit=1']) {
    await phone.page.goto(address(path));
    await phone.page.getByText(/answer|Version 2/).first().waitFor();
    await expectAccessible(phone.page);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  expect(phone.trouble).toEqual([]);
  await phone.page.context().close();
});

test('nothingWentWrong_noOutsideRequest', () => expect(on.trouble).toEqual([]));
