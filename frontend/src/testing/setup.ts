import '@testing-library/jest-dom/vitest';
import { afterEach, beforeEach, vi } from 'vitest';
import { LANGUAGES, load, text } from '../lib/text/text.svelte';

// jsdom knows <dialog>, but not how to open it.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};

// jsdom lays nothing out, so nothing is ever resized.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (words: string) => words.replace(/[^\w-]/g, '\\$&');

// Here the words of all languages are at hand, so that a change is one at once.
await Promise.all(LANGUAGES.map(load));

beforeEach(() => {
  // In the afternoon: what happened some hours ago was today.
  vi.setSystemTime(new Date().setHours(15, 0, 0, 0));
  document.title = 'Kontent Connect';
  void text.use('pt-BR');
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
});

afterEach(() => {
  vi.useRealTimers();
});
