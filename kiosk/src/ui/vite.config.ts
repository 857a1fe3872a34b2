// Builds the tablet screen into kiosk/dist/ui. Nothing may be inlined: the hosts serve it under a policy that
// allows no inline script, no inline style and no data: font.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/ui',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'chrome120',
    reportCompressedSize: false,
  },
});
