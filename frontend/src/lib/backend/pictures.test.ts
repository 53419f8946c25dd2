import { waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, dialogNamed, openWindow } from '../../testing/window';
import { wails } from './wails';

describe('the picture of an account', () => {
  it('is on its row, and on no row of an account without one', async () => {
    await openWindow();
    const withPicture = [...document.querySelectorAll('[data-account]:has(.avatar img)')];
    expect(withPicture.map((row) => row.getAttribute('data-account'))).toEqual(['a-cafe', 'a-emporio-ig', 'a-joao-in']);
  });

  it('is on its candidate, and asked for once that comes into view', async () => {
    const { fake, user } = await openWindow();
    await click(user, /^Conectar conta: Instagram/);
    await click(user, 'Abrir o navegador');
    await waitFor(() => expect(fake.state.attempts).not.toEqual([]));
    fake.finish(fake.state.attempts.at(-1)?.id ?? '');
    await dialogNamed('Escolha o que conectar');
    const faces = [...document.querySelectorAll('dialog .avatar img')];
    expect(faces.map((face) => face.closest('li')?.querySelector('.name')?.textContent)).toEqual([
      'Café da Esquina',
      'Padaria São Bento',
      '@padariasaobento',
    ]);
    expect(faces.every((face) => face.getAttribute('loading') === 'lazy')).toBe(true);
  });

  it('comes from the program itself, each version from its own address', () => {
    expect(wails.picture({ id: 'a/1', picture: 'f00d' })).toBe('/avatar/a%2F1?v=f00d');
    expect(wails.picture({ id: 'a1', picture: '' })).toBeUndefined();
    expect(wails.face('t/1', { picture: 'cafe' })).toBe('/face/t%2F1?v=cafe');
    expect(wails.face('t1', {})).toBeUndefined();
  });
});
