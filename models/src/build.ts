// Command line of the model build: `node models/dist/build.js [--record]`. Does nothing when the built files are
// current. `--record` prints the hashes for a new manifest instead of insisting on the recorded ones.

import { UserError } from '@hazri/shared/result';
import { buildModels, isUpToDate } from './build-models.js';
import { defaultBuiltDir, readManifest } from './manifest.js';

function main(): void {
  const isRecording = process.argv.includes('--record');
  const manifest = readManifest();
  if (!isRecording && isUpToDate(manifest, defaultBuiltDir)) {
    process.stderr.write('models: up to date\n');
    return;
  }
  buildModels({
    manifest,
    builtDir: defaultBuiltDir,
    isRecording,
    onBuilt: (name, sha256, byteLength) => {
      const megabytes = (byteLength / 1e6).toFixed(1);
      process.stderr.write(`models: ${name} ${megabytes} MB${isRecording ? ` ${sha256}` : ''}\n`);
    },
  });
}

try {
  main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 2;
}
