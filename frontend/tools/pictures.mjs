// The pictures of the documentation: npm run build:fake, then npm run pictures
// Each is taken in both languages of the guides, on a page whose clock stands still, so that only what changed differs.
import { readdir, rm } from 'node:fs/promises';
import { scenes } from './scenes.mjs';
import { openStage, perform } from './stage.mjs';

const OUT = new URL('../../docs/images/', import.meta.url).pathname;
const SIZE = { width: 1120, height: 800 };
const NOW = '2026-03-10T14:00:00-03:00';
const SHOWN = 'welcome apps integrations prepare prepare-linkedin choose renew disconnect notices diagnosis-troubled'.split(' ');
const LANGUAGES = ['pt-BR', 'en'];

const stage = await openStage();
const context = await stage.browser.newContext({ reducedMotion: 'reduce', locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });
for (const file of await readdir(OUT)) if (file.endsWith('.png')) await rm(OUT + file);
for (const name of SHOWN) {
  for (const lang of LANGUAGES) {
    const { query = '', act } = scenes[name];
    const asked = new URLSearchParams(query);
    asked.set('lang', lang);
    asked.set('theme', 'light');
    asked.set('person', '99999'); // nobody signs in while a picture is taken
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    await page.clock.setFixedTime(NOW);
    await perform(page, stage.address, { query: asked.toString(), size: SIZE, act });
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${OUT}${name}.${lang}.png`, animations: 'disabled', caret: 'hide' });
    await page.close();
  }
}
await stage.close();
