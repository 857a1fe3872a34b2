// `hazri models list | verify | build`: what the networks are, whether they are intact, and making them again.

import { UserError } from '@hazri/shared/result';
import { buildModels, NETWORK_NAMES } from '@hazri/models/build-models';
import { openModels } from '@hazri/models/load';
import { readManifest } from '@hazri/models/manifest';
import { defaultBuiltDir, manifestPath, writeStamp } from '@hazri/models/stamp';
import { errorObject, writeLine } from '../output.js';

const USAGE = `Usage: ./hazri models list | verify | build

  list     one JSON object per network: name, source, licence, input, output
  verify   hashes every built network; exit code 2 when one is missing or changed
  build    converts the published weights again
`;

function wantsHelp(args: readonly string[]): boolean {
  if (!args.includes('--help') && !args.includes('-h')) return false;
  process.stdout.write(USAGE);
  return true;
}

export async function runList(args: readonly string[]): Promise<number> {
  if (wantsHelp(args)) return 0;
  const { networks } = readManifest();
  for (const name of NETWORK_NAMES) await writeLine(JSON.stringify({ name, ...networks[name] }));
  return 0;
}

export async function runVerify(args: readonly string[]): Promise<number> {
  if (wantsHelp(args)) return 0;
  const models = openModels();
  let exitCode = 0;
  for (const name of NETWORK_NAMES) {
    try {
      models.read(name);
      await writeLine(JSON.stringify({ name, ok: true }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      exitCode = 2;
      await writeLine(JSON.stringify({ name, ok: false, ...errorObject(error) }));
    }
  }
  return exitCode;
}

export async function runBuild(args: readonly string[]): Promise<number> {
  if (wantsHelp(args)) return 0;
  const built: string[] = [];
  buildModels({ manifest: readManifest(), builtDir: defaultBuiltDir, onBuilt: (name) => built.push(name) });
  writeStamp(manifestPath, defaultBuiltDir);
  for (const name of built) await writeLine(JSON.stringify({ name, ok: true }));
  return 0;
}
