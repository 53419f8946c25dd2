// Pictures of the window on its stand-in, to look at: npm run build:fake, then npm run shots -- FOLDER [ONE…]
// Also says what the page's policy refused, what the console complained about, and what axe finds, colours included.
import { mkdir } from 'node:fs/promises';
import { scenes } from './scenes.mjs';
import { complaintsOf, openStage, perform, violationsOf } from './stage.mjs';

const [folder = 'node_modules/.shots', ...only] = process.argv.slice(2);

const stage = await openStage();
await mkdir(folder, { recursive: true });
for (const [name, scene] of Object.entries(scenes)) {
  if (only.length > 0 && !only.some((one) => name.startsWith(one))) continue;
  const page = await stage.browser.newPage();
  page.setDefaultTimeout(8000);
  const found = complaintsOf(page);
  try {
    await perform(page, stage.address, scene);
  } catch (error) {
    found.push(error.message.split('\n')[0]);
  }
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}.png` });
  found.push(...(await violationsOf(page)));
  for (const line of found) console.log(`${name}: ${line}`);
  await page.close();
}
await stage.close();
