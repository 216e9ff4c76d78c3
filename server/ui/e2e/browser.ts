import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { OWNER, PROJECT } from './server.ts';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export async function launch(): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'chromium'));
  const executablePath = named ?? onPath.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('CHROMIUM: not set, and there is no chromium on the PATH');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page that remembers what must never happen: requests to other hosts, errors, policy violations. */
export interface Watched {
  page: Page;
  trouble: string[];
}

export async function open(browser: Browser, url: string, options: { dark?: boolean; width?: number; height?: number } = {}): Promise<Watched> {
  const context = await browser.newContext({
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) trouble.push(`outside request: ${request.url()}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The browser reports every refused request; the pages show those themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) trouble.push(`console: ${message.text()}`);
  });
  return { page, trouble };
}

export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**/project/${PROJECT}/traces`);
}

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** The page as it is now has no accessibility violation. The tool is evaluated by the test, not loaded by the page. */
export async function expectAccessible(page: Page): Promise<void> {
  // every page has a heading, and none is judged before it is there
  await page.locator('h1').first().waitFor();
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Finding[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  expect(found.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => `${n.html}\n  ${n.failureSummary ?? ''}`).join('\n  ')}`)).toEqual([]);
}
