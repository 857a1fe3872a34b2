// Makes the preload that a sandboxed window can load: one CommonJS file out of preload.ts and the channel names.
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** @param entry TypeScript or JavaScript of the preload; by default the compiled one beside this file */
export async function bundlePreload(
  outFile: string = here('./preload.cjs'),
  entry: string = here('./preload.js'),
): Promise<string> {
  // Only development and packaging bundle; an installed tablet has the file and no bundler.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entry],
    outfile: outFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'chrome140',
    external: ['electron'],
    logLevel: 'silent',
  });
  return outFile;
}

/**
 * Called by electron-builder before it packs.
 * @public
 */
export async function beforePack(): Promise<void> {
  await bundlePreload();
}
