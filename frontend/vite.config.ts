import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** Vite's development server puts styles into <style> elements, which the page's own policy refuses. */
const policyOffWhileDeveloping = {
  name: 'policy-off-while-developing',
  apply: 'serve' as const,
  transformIndexHtml: (html: string) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** What a window may come to load, with its pages and one language: scripts and styles, packed, in bytes. */
const MOST = 120_000;
const LANGUAGES = ['pt-BR', 'en', 'es'];

/** Fails a build that has grown too heavy. One with source maps is for reading and not for a window. */
const weigh = {
  name: 'weigh',
  apply: ({ build }: { build?: { sourcemap?: unknown } }, { command, mode }: { command: string; mode: string }) =>
    command === 'build' && mode === 'production' && !build?.sourcemap,
  generateBundle(_: unknown, bundle: Record<string, { fileName: string; name?: string; code?: string; source?: string | Uint8Array }>) {
    const heaviest = Math.max(
      ...LANGUAGES.map((language) => {
        const others = LANGUAGES.filter((other) => other !== language);
        return Object.values(bundle)
          .filter(({ fileName }) => /\.(js|css)$/.test(fileName))
          .filter(({ name = '' }) => !others.some((other) => name === other || name.endsWith(`.${other}`)))
          .reduce((sum, { code, source }) => sum + gzipSync(code ?? source ?? '').length, 0);
      }),
    );
    if (heaviest > MOST) throw new Error(`the page weighs ${heaviest} bytes, packed, and may weigh ${MOST}`);
    console.log(`the page weighs ${heaviest} bytes, packed, of ${MOST}`);
  },
};

export default defineConfig({
  plugins: [svelte(), svelteTesting(), policyOffWhileDeveloping, weigh],
  // The words of a language are read faster as one text than as a thousand properties.
  json: { stringify: true, namedExports: false },
  build: {
    target: 'safari15.4',
    // A data: address in a style sheet would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Svelte does not say that reading these does nothing, so that one of them would bring all.
      treeshake: { moduleSideEffects: [{ test: /\/svelte\/src\/reactivity\//, sideEffects: false }] },
    },
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
