import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberedLanguage, text, useChosen } from './text.svelte';

afterEach(() => {
  localStorage.clear();
  void text.use('pt-BR');
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

describe('a language whose words have yet to come', () => {
  it('is used once they are here, unless another was chosen meanwhile', async () => {
    vi.resetModules();
    const { text: fresh, t } = await import('./text.svelte');
    const spanish = fresh.use('es');
    expect(fresh.language).toBe('pt-BR');
    void fresh.use('pt-BR');
    await spanish;
    expect(fresh.language).toBe('pt-BR');
    await fresh.use('en');
    expect(t('accounts', { count: 10_000 })).toBe('10,000 accounts');
  });
});
