// electron-builder.yml against electron-builder's own schema and validator, and every fuse it knows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const library = createRequire(builder.resolve('app-builder-lib'));

interface Library {
  readonly getConfig: (project: string, file: string, options: null) => Promise<Record<string, unknown>>;
  readonly validateConfiguration: (
    config: unknown,
    log: { isEnabled: boolean; add: () => void },
  ) => Promise<void>;
}
const { getConfig, validateConfiguration } = library('./util/config/config.js') as Library;
const scheme = JSON.parse(readFileSync(library.resolve('../scheme.json'), 'utf8')) as {
  definitions: { FuseOptionsV1: { properties: Record<string, unknown> } };
};
const quiet = { isEnabled: false, add: () => undefined };

/** What each fuse must be, whatever Electron's defaults become. */
const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: false,
};

describe('the package of the Electron host', () => {
  it("fits electron-builder's own schema", async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    await validateConfiguration(config, quiet);
    expect(config['asar']).toBe(true);
  });

  it('is held by that validator at all', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    await expect(
      validateConfiguration({ ...config, electronFuses: { noSuchFuse: true } }, quiet),
    ).rejects.toThrow(/electronFuses/);
  });

  it('states every fuse that electron-builder knows, and only safe values', async () => {
    const config = await getConfig(root, 'electron-builder.yml', null);
    expect(config['electronFuses']).toEqual(FUSES);
    expect(Object.keys(FUSES).sort()).toEqual(
      Object.keys(scheme.definitions.FuseOptionsV1.properties).sort(),
    );
  });
});
