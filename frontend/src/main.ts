import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import type { Backend } from './lib/backend/backend';
import { insideTheProgram, wails } from './lib/backend/wails';
import { applyTheme } from './lib/state/theme';
import { rememberedLanguage, text } from './lib/text/text.svelte';

/** The program, or its stand-in where the page is worked on in a plain browser. It is not part of what ships. */
async function backendHere(): Promise<Backend> {
  if ((import.meta.env.DEV || import.meta.env.MODE === 'fake') && !insideTheProgram()) {
    const { sceneOf } = await import('./lib/backend/fake-scenes');
    return sceneOf(new URLSearchParams(location.search));
  }
  return wails;
}

applyTheme('system');

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// No words of one language before those of the other.
void Promise.all([backendHere(), text.use(rememberedLanguage())]).then(([backend]) => mount(App, { target, props: { backend } }));
