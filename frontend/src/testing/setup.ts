import '@testing-library/jest-dom/vitest';
import { beforeEach, vi } from 'vitest';
import { text } from '../lib/text/text.svelte';

// jsdom knows <dialog>, but not how to open it.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};

beforeEach(() => {
  document.title = 'Kontent Connect';
  text.use('pt-BR');
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
});
