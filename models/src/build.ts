// Command line of the model build: `node models/dist/build.js [--record]`. Does nothing when the built files are
// current. `--record` prints the hashes for a new manifest instead of insisting on the recorded ones.

import { UserError } from '@hazri/shared/result';
import { defaultBuiltDir, isUpToDate, manifestPath, writeStamp } from './stamp.js';

async function main(): Promise<void> {
  const isRecording = process.argv.includes('--record');
  if (!isRecording && isUpToDate(manifestPath, defaultBuiltDir)) {
    process.stderr.write('models: up to date\n');
    return;
  }
  const { buildModels } = await import('./build-models.js');
  const { readManifest } = await import('./manifest.js');
  buildModels({
    manifest: readManifest(),
    builtDir: defaultBuiltDir,
    isRecording,
    onBuilt: (name, sha256, byteLength) => {
      const megabytes = (byteLength / 1e6).toFixed(1);
      process.stderr.write(`models: ${name} ${megabytes} MB${isRecording ? ` ${sha256}` : ''}\n`);
    },
  });
  if (!isRecording) writeStamp(manifestPath, defaultBuiltDir);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 2;
}
