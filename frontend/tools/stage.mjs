// The page on its stand-in, in Chromium: what the tools have in common. First: npm run build:fake
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { LARGE } from './scenes.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** By the name that the distribution gives it. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Serves the page and starts the browser; close ends both. */
export async function openStage({ args = [] } = {}) {
  const server = await preview({
    build: { outDir: process.env.FAKE_DIST ?? 'node_modules/.fake-dist' },
    preview: { port: 4199 },
    logLevel: 'error',
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? BROWSERS.find(existsSync),
    args: ['--no-sandbox', ...args],
  });
  return {
    browser,
    // Another port where the usual one is taken.
    address: server.resolvedUrls.local[0],
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** What the page's policy refused and what the console complained about, from now on. */
export function complaintsOf(page) {
  const found = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && found.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => found.push(`error: ${error.message}`));
  return found;
}

/** Opens a scene and plays it. What its person could not do is thrown. */
export async function perform(page, address, { query = '', size = LARGE, act }) {
  await page.setViewportSize(size);
  await page.goto(`${address}?${query}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await act?.(page);
}

/** What axe finds, colours included, a line for each rule; only the rules that are named, where some are. */
export async function violationsOf(page, rules) {
  await page.evaluate(axe);
  const asked = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), asked);
  const where = ({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`;
  return violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(where).join('\n    ')}`);
}
