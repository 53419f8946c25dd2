import { type Component, mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import type { Backend } from './lib/backend/backend';
import { insideTheProgram, wails } from './lib/backend/wails';
import { Desk } from './lib/state/desk.svelte';
import { applyTheme } from './lib/state/theme';
import { stayHere } from './lib/stay';
import { rememberedLanguage, text } from './lib/text/text.svelte';

/** What is shown: the window, or in that plain browser the gallery of its parts. */
async function pageHere(): Promise<Component<{ desk: Desk }>> {
  const gallery = import.meta.env.MODE === 'fake' && new URLSearchParams(location.search).get('scene') === 'gallery';
  return gallery ? (await import('./testing/Gallery.svelte')).default : App;
}

/** The program, or its stand-in where the page is worked on in a plain browser. It is not part of what ships. */
async function backendHere(): Promise<Backend> {
  if ((import.meta.env.DEV || import.meta.env.MODE === 'fake') && !insideTheProgram()) {
    const { sceneOf } = await import('./lib/backend/fake-scenes');
    return sceneOf(new URLSearchParams(location.search));
  }
  return wails;
}

stayHere(document);
applyTheme('system');

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

/** How long an empty page may stand, in milliseconds. A page that is drawn twice is there later. */
const MOMENT = 100;
const moment = () => new Promise((over) => setTimeout(over, MOMENT));

async function open(target: HTMLElement) {
  const [backend, page] = await Promise.all([backendHere(), pageHere()]);
  const desk = new Desk(backend);
  const shown = Promise.race([desk.begin(), moment()]);
  // No words of one language before those of the other.
  await Promise.all([text.use(rememberedLanguage()), shown]);
  mount(page, { target, props: { desk } });
}

void open(target);
