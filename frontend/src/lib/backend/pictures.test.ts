import { describe, expect, it } from 'vitest';
import { openWindow } from '../../testing/window';
import { wails } from './wails';

describe('the picture of an account', () => {
  it('is on its row, and on no row of an account without one', async () => {
    await openWindow();
    const withPicture = [...document.querySelectorAll('[data-account]:has(.avatar img)')];
    expect(withPicture.map((row) => row.getAttribute('data-account'))).toEqual(['a-cafe', 'a-emporio-ig', 'a-joao-in']);
  });

  it('comes from the program itself, each version from its own address', () => {
    expect(wails.picture({ id: 'a/1', picture: 'f00d' })).toBe('/avatar/a%2F1?v=f00d');
    expect(wails.picture({ id: 'a1', picture: '' })).toBeUndefined();
  });
});
