// Pictures of the window on its stand-in, to look at: npm run build:fake, then npm run shots -- FOLDER [ONE…]
// Also says what the page's policy refused, what the console complained about, and what axe finds, colours included.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const [folder = 'node_modules/.shots', ...only] = process.argv.slice(2);
const LARGE = { width: 1280, height: 800 };
const SMALL = { width: 900, height: 600 };

const server = await preview({ build: { outDir: 'node_modules/.fake-dist' }, preview: { port: 4199 }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

const button = (page, name) => page.getByRole('button', { name, exact: false }).first();
const connectMeta = (page) => button(page, /Conectar conta: Instagram|Connect account: Instagram/).click();
const connectLinkedIn = (page) => button(page, /Conectar conta: LinkedIn/).click();
const openBrowser = (page) => button(page, /^Abrir o navegador|^Open the browser/).click();
const finish = (page, more = {}) =>
  page.evaluate((change) => {
    const id = window.fake.state.attempts.at(-1).id;
    window.fake.finish(id, change);
  }, more);
const choosing = (more) => async (page) => {
  await connectMeta(page);
  await openBrowser(page);
  await finish(page, more);
  await page
    .getByText(/Escolha o que|Choose what/)
    .first()
    .waitFor();
};
const menuOf = async (page, name, item) => {
  await page
    .getByRole('button', { name: new RegExp(`(Mais ações|More actions): ${name}`) })
    .first()
    .click();
  if (item) await page.getByRole('menuitem', { name: item }).click();
};
const go = (name) => (page) => page.getByRole('link', { name }).click();

const scenes = {
  integrations: {},
  'integrations-dark': { query: 'theme=dark' },
  'integrations-small': { size: SMALL },
  'integrations-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en' },
  'integrations-es': { query: 'lang=es' },
  'integrations-end': { act: (page) => page.locator('main').evaluate((main) => main.scrollTo(0, 9999)) },
  menu: { act: (page) => menuOf(page, '@cafedaesquina') },
  projects: { act: (page) => button(page, /^Projeto:/).click() },
  'projects-small': { size: SMALL, act: (page) => button(page, /^Projeto:/).click() },
  empty: { query: 'scene=empty' },
  fresh: { query: 'scene=fresh' },
  'demo-lost': { query: 'scene=lost' },
  'lost-problem': { query: 'scene=lostproblem' },
  demo: { query: 'scene=demo' },
  keychain: { query: 'scene=keychain' },
  withdrawing: { query: 'scene=withdrawing', act: (page) => page.getByText(/vamos tentar/).scrollIntoViewIfNeeded() },
  prepare: { act: connectMeta },
  'prepare-dark': { query: 'theme=dark', act: connectMeta },
  'prepare-linkedin': {
    act: async (page) => {
      await connectLinkedIn(page);
      await button(page, /^Escolher/).click();
    },
  },
  'prepare-small': { size: SMALL, act: connectMeta },
  waiting: {
    query: 'person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
    },
  },
  'waiting-dark-paste': {
    query: 'theme=dark&person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await button(page, 'Colar o endereço').click();
    },
  },
  'waiting-no-browser': {
    query: 'scene=nobrowser&person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
    },
  },
  leave: {
    query: 'person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await page.keyboard.press('Escape');
    },
  },
  choose: { act: choosing() },
  'choose-dark-en': { query: 'theme=dark&lang=en', act: choosing() },
  'choose-small': { size: SMALL, act: choosing() },
  'choose-nothing': { act: choosing({ candidates: [] }) },
  'choose-linkedin': {
    act: async (page) => {
      await connectLinkedIn(page);
      await openBrowser(page);
      await finish(page);
      await page.getByText('Escolha o que').waitFor();
    },
  },
  done: {
    act: async (page) => {
      await choosing()(page);
      await button(page, 'Marcar todas').click();
      await button(page, /^Concluir/).click();
      await page.getByText(/^Pronto:/).waitFor();
    },
  },
  failed: {
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await page.evaluate(() =>
        window.fake.update(window.fake.state.attempts.at(-1).id, { state: 'failed', problem: { code: 'consent_denied' } }),
      );
    },
  },
  'failed-person': {
    query: 'person=99999',
    act: async (page) => {
      await button(page, /^Reconectar login/).click();
      await openBrowser(page);
      await page.evaluate(() =>
        window.fake.update(window.fake.state.attempts.at(-1).id, { state: 'failed', problem: { code: 'wrong_person' } }),
      );
    },
  },
  renew: { act: (page) => button(page, /^Reconectar login/).click() },
  'renew-choose': {
    act: async (page) => {
      await button(page, /^Reconectar login/).click();
      await openBrowser(page);
      await finish(page);
    },
  },
  disconnect: { act: (page) => menuOf(page, 'Café da Esquina', 'Desconectar…') },
  'disconnect-dark': { query: 'theme=dark', act: (page) => menuOf(page, 'Café da Esquina', 'Desconectar…') },
  outcome: {
    act: async (page) => {
      await menuOf(page, 'Café da Esquina', 'Desconectar…');
      await button(page, /^Desconectar Café/).click();
      await button(page, 'Pronto').waitFor();
    },
  },
  'outcome-unreachable': {
    query: 'scene=withdrawing&theme=dark',
    act: async (page) => {
      await menuOf(page, 'Café da Esquina', 'Desconectar…');
      await page.getByRole('radio').nth(1).check();
      await button(page, /^Desconectar \d/).click();
      await button(page, 'Pronto').waitFor();
    },
  },
  history: { act: go('Histórico') },
  'history-small-en': { size: SMALL, query: 'lang=en&theme=dark', act: go('History') },
  apps: { act: go('Aplicativos') },
  'apps-dark-open': {
    query: 'theme=dark',
    act: async (page) => {
      await go('Aplicativos')(page);
      await page.getByText('Portas, versão').first().click();
    },
  },
  appearance: { act: go('Aparência') },
  toast: { act: (page) => button(page, 'Verificar agora').click() },
  rename: {
    act: async (page) => {
      await button(page, /^Projeto:/).click();
      await page.getByRole('menuitem', { name: 'Renomear' }).click();
    },
  },
};

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(folder, { recursive: true });
for (const [name, { query = '', size = LARGE, act }] of Object.entries(scenes)) {
  if (only.length > 0 && !only.some((one) => name.startsWith(one))) continue;
  const page = await browser.newPage({ viewport: size });
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(`${name}: ${message.text()}`));
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`));
  await page.goto(`http://localhost:4199/?${query}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  try {
    await act?.(page);
  } catch (error) {
    console.log(`${name}: ${error.message.split('\n')[0]}`);
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  for (const { id, nodes } of violations)
    console.log(`${name}: axe ${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).join('\n    ')}`);
  await page.close();
}
await browser.close();
await server.close();
