import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // Such a name is there a thousand times; svelte- in each is half a kilobyte, packed.
    cssHash: ({ hash, css }) => `s-${hash(css)}`,
  },
};
