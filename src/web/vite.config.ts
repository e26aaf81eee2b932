import { defineConfig } from 'vite';

/** The build of the page. `graphql/http/page.ts` serves the output. */
export default defineConfig({
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no inline scripts and no data in place of files.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
