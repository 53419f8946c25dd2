import { type Component, mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import type { Backend } from './lib/backend/backend';
import { insideTheProgram, wails } from './lib/backend/wails';
import { applyTheme } from './lib/state/theme';
import { stayHere } from './lib/stay';
import { rememberedLanguage, text } from './lib/text/text.svelte';

/** What is shown: the window, or in that plain browser the gallery of its parts. */
async function pageHere(): Promise<Component<{ backend: Backend }>> {
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

// No words of one language before those of the other.
void Promise.all([backendHere(), pageHere(), text.use(rememberedLanguage())]).then(([backend, page]) =>
  mount(page, { target, props: { backend } }),
);
