import { afterEach, describe, expect, it } from 'vitest';
import { rememberedLanguage, text, useChosen } from './text.svelte';

afterEach(() => {
  localStorage.clear();
  text.use('pt-BR');
});

describe('the language to begin with', () => {
  it('is Portuguese at first, whatever the system speaks', () => {
    expect(rememberedLanguage()).toBe('pt-BR');
  });

  it('is the one that was chosen last', () => {
    useChosen('es');
    expect(text.language).toBe('es');
    expect(rememberedLanguage()).toBe('es');
  });

  it('is Portuguese where the memory holds something else', () => {
    localStorage.setItem('language', 'klingon');
    expect(rememberedLanguage()).toBe('pt-BR');
  });
});
