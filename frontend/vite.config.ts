import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** Vite's development server puts styles into <style> elements, which the page's own policy refuses. */
const policyOffWhileDeveloping = {
  name: 'policy-off-while-developing',
  apply: 'serve' as const,
  transformIndexHtml: (html: string) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

export default defineConfig({
  plugins: [svelte(), svelteTesting(), policyOffWhileDeveloping],
  build: {
    target: 'safari15.4',
    // A data: address in a style sheet would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // The words shared with Go are in backend/text.
  server: { fs: { allow: ['..'] } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
  },
});
