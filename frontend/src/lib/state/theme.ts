import type { Theme } from '../backend/backend';

/** Sets the look, and follows the system's while that is the choice. Answers how to stop following. */
export function applyTheme(theme: Theme): () => void {
  const root = document.documentElement;
  if (theme !== 'system') {
    root.dataset.theme = theme;
    return () => {};
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    root.dataset.theme = dark.matches ? 'dark' : 'light';
  };
  follow();
  dark.addEventListener('change', follow);
  return () => dark.removeEventListener('change', follow);
}
