import { tick } from 'svelte';

/** After an act whose button may be gone, or was out of use for a moment: the focus stays nearby and does not fall back to the top of the page. */
export async function keepFocus(nearby: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  if (document.activeElement === document.body) nearby()?.focus();
}
