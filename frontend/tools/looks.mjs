// Whether every screen and dialog still looks as it did: npm run build:fake, then npm run looks -- [--update] [ONE…]
// Each is shown in Portuguese and in English, light and dark, and a few in high contrast. It fails for a picture that
// differs from the one in tools/looks, for what axe finds, and for what the console or the page's policy complains about.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { openEasel } from './easel.mjs';
import { LARGE, SMALL, scenes } from './scenes.mjs';
import { complaintsOf, openStage, perform, violationsOf } from './stage.mjs';

const KEPT = new URL('looks/', import.meta.url).pathname;
const TAKEN_WITH = `${KEPT}chromium.txt`;
const OUT = new URL('../../build/out/looks/', import.meta.url).pathname;
const SHARE = 0.002; // of the pixels, that may differ
const WORKERS = 3; // more than there are processors: half of the time a page waits until it is quiet
const NOW = '2026-03-10T14:00:00-03:00';

/** Every screen and dialog once; what differs only in hostile words or in a wider window is for shots. */
const SHOWN = `
  integrations agency states empty fresh demo demo-lost lost-problem restored keychain withdrawing checkpoint
  filter-attention filter-everywhere filter-nothing row-focus row-menu-key login-menu projects select bulk-ask bulk-over
  details details-end
  prepare prepare-linkedin waiting waiting-no-browser leave reading choose choose-linkedin
  choose-nothing choose-no-rights choose-no-instagram choose-personal choose-no-company choose-incomplete choose-all-connected declined done failed-person
  renew renew-left grant paste paste-choose disconnect disconnect-whole disconnect-login outcome
  attention-soon attention-many-open attention-snoozed queue queue-turn queue-result
  expiries expiries-table history diagnosis diagnosis-troubled about update welcome apps apps-relay apps-permissions apps-test-secret
  notices notices-quiet notices-noservice closing appearance toast rename project-remove
`;
/** These in the smallest window as well. */
const ALSO_SMALL = ['integrations', 'choose', 'details', 'notices'];

/** What has every colour of the window, for those who asked their system for more contrast. */
const ALSO_CONTRAST = ['states', 'filter-nothing', 'row-focus', 'select', 'choose', 'details', 'disconnect', 'apps', 'notices'];

const LANGUAGES = ['pt-BR', 'en'];
const FACES = ['light', 'dark'].map((colorScheme) => ({ face: colorScheme, media: { colorScheme, contrast: 'no-preference' } }));
const CONTRASTS = FACES.map(({ face, media }) => ({ face: `${face}-contrast`, media: { ...media, contrast: 'more' } }));

/** What is played, each with the faces that it is then shown with: a change of colours needs no new page. */
function plays() {
  const names = SHOWN.trim().split(/\s+/);
  const sized = [...names.map((name) => [name, name]), ...ALSO_SMALL.map((name) => [`${name}-small`, name, SMALL])];
  return sized.flatMap(([shown, name, size]) =>
    LANGUAGES.map((lang) => {
      const { query = '', size: own = LARGE, act } = scenes[name];
      const asked = new URLSearchParams(query);
      asked.set('lang', lang);
      // Nobody signs in while a picture is taken.
      asked.set('person', '99999');
      const faces = lang === 'pt-BR' && ALSO_CONTRAST.includes(shown) ? [...FACES, ...CONTRASTS] : FACES;
      return {
        name: `${shown}.${lang}`,
        pictures: faces.map(({ face, media }) => ({ name: `${shown}.${lang}.${face}`, media })),
        scene: { query: asked.toString(), size: size ?? own, act },
      };
    }),
  );
}

/** Waits until nothing has changed on the page for a while, and its frame is drawn. */
const settle = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const end = () => requestAnimationFrame(() => setTimeout(done, 0));
        let quiet = setTimeout(end, 200);
        new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(end, 200);
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      }),
  );

/** A page whose clock stands still and on which nothing moves; opening one for each picture would take twice as long. */
async function openPage(stage) {
  const context = await stage.browser.newContext({ reducedMotion: 'reduce', locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  await page.clock.setFixedTime(NOW);
  return { page, found: complaintsOf(page) };
}

/** Other colours, once they are drawn: a picture taken at once has some of the former. */
async function recolour(page, media) {
  await page.emulateMedia(media);
  await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, media.colorScheme);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** Plays a scene and takes its pictures; show gets each as it is taken, with what was wrong by then. */
async function take(stage, { page, found }, { pictures, scene }, show) {
  try {
    await page.emulateMedia(pictures[0].media);
    await perform(page, stage.address, scene);
    await settle(page);
    for (const [index, { name, media }] of pictures.entries()) {
      if (index > 0) await recolour(page, media);
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      // Other colours leave everything else as it was.
      found.push(...(await violationsOf(page, index > 0 ? ['color-contrast'] : undefined)));
      await show(name, picture, found.splice(0));
    }
  } catch (error) {
    await show(pictures[0].name, undefined, [...found.splice(0), error.message.split('\n')[0]]);
  } finally {
    // What a page remembers is not for the next one.
    await page.evaluate(() => localStorage.clear());
  }
}

/**
 * Another release of the browser draws letters and shadows a little differently, and no change of ours would mend
 * that: differences are then told, and count again once the pictures are taken with that release.
 */
async function sameBrowser(browser, update) {
  const here = browser.version().split('.')[0];
  if (update) await writeFile(TAKEN_WITH, `${here}\n`);
  const taken = (await readFile(TAKEN_WITH, 'utf8').catch(() => here)).trim();
  if (taken !== here)
    console.log(`The pictures were taken with Chromium ${taken} and this is ${here}: differences are told and do not count.`);
  return taken === here;
}

/** What is wrong with a picture: nothing, or a sentence. */
async function judge(easel, name, picture, update) {
  const file = `${KEPT}${name}.webp`;
  if (update) {
    await writeFile(file, await easel.shrink(picture));
    return [];
  }
  const kept = await readFile(file).catch(() => undefined);
  if (!kept) return ['there is no picture of it yet: npm run looks -- --update'];
  const { share, beside } = await easel.compare(kept, picture, SHARE);
  if (!beside) return [];
  await writeFile(`${OUT}${name}.png`, beside);
  return [`${(share * 100).toFixed(2)} % of it looks different: see build/out/looks/${name}.png`];
}

const update = process.argv.includes('--update');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = plays();
const wanted = all.filter(({ name }) => only.length === 0 || only.some((one) => name.startsWith(one)));
const namesOf = (some) => some.flatMap(({ pictures }) => pictures.map(({ name }) => name));

const stage = await openStage({ args: ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'] });
const easel = await openEasel(stage.browser);
const counts = await sameBrowser(stage.browser, update && only.length === 0);
let wrong = 0;

function report(name, lines) {
  wrong += lines.length;
  for (const line of lines) console.log(`${name}: ${line}`);
}

async function show(name, picture, found) {
  report(name, found);
  const different = picture ? await judge(easel, name, picture, update) : [];
  if (counts) report(name, different);
  else for (const line of different) console.log(`${name}: ${line}`);
}

async function work(queue) {
  const page = await openPage(stage);
  for (let next = queue.shift(); next; next = queue.shift()) await take(stage, page, next, show);
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await mkdir(KEPT, { recursive: true });
if (!(await easel.hasInter())) report('fonts', ['Inter is not installed, and without it every picture differs: run build/setup.sh']);
else {
  const queue = [...wanted];
  await Promise.all(Array.from({ length: WORKERS }, () => work(queue)));
  const names = new Set(namesOf(all).map((name) => `${name}.webp`));
  for (const file of (await readdir(KEPT)).filter((one) => one.endsWith('.webp') && !names.has(one))) {
    if (update) await rm(KEPT + file);
    else report(file, ['nothing is shown any more that looks like it: npm run looks -- --update']);
  }
}
await stage.close();
console.log(
  wrong > 0 ? `${wrong} things to look at` : `${namesOf(wanted).length} pictures ${update ? 'taken' : 'as they were'}, axe found nothing`,
);
process.exitCode = wrong > 0 ? 1 : 0;
