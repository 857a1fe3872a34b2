// `hazri models list | verify | build`: what the networks are, whether they are intact, and making them again.

import { UserError } from '@hazri/shared/result';
import { buildModels, NETWORK_NAMES } from '@hazri/models/build-models';
import { openModels } from '@hazri/models/load';
import { readManifest } from '@hazri/models/manifest';
import { hasPack, readPackNetwork } from '@hazri/models/packs';
import { defaultBuiltDir, manifestPath, writeStamp } from '@hazri/models/stamp';
import { readConfig } from '../../config/config.js';
import { packFolder } from '../../engine/liveness/spoof/spoof-pack.js';
import { errorObject, writeLine } from '../output.js';

const USAGE = `Usage: ./hazri models list | verify | build | add PACK

  list     one JSON object per network (name, source, licence, input, output) and per pack (installed or not)
  verify   hashes every built network and installed pack; exit code 2 when one is missing or changed
  build    converts the published weights again
  add      installs a pack; see ./hazri models add --help
`;

function wantsHelp(args: readonly string[]): boolean {
  if (!args.includes('--help') && !args.includes('-h')) return false;
  process.stdout.write(USAGE);
  return true;
}

export async function runList(args: readonly string[]): Promise<number> {
  if (wantsHelp(args)) return 0;
  const { networks, packs } = readManifest();
  const { dataFolder } = readConfig();
  for (const name of NETWORK_NAMES) await writeLine(JSON.stringify({ name, ...networks[name] }));
  for (const pack of packs) {
    const installed = hasPack(pack, packFolder(dataFolder, pack.name));
    await writeLine(JSON.stringify({ ...pack, pack: true, installed }));
  }
  return 0;
}

export async function runVerify(args: readonly string[]): Promise<number> {
  if (wantsHelp(args)) return 0;
  const models = openModels();
  const { dataFolder } = readConfig();
  const checks: { name: string; read: () => unknown }[] = NETWORK_NAMES.map((name) => ({
    name,
    read: () => models.read(name),
  }));
  for (const pack of models.manifest.packs) {
    const folder = packFolder(dataFolder, pack.name);
    if (!hasPack(pack, folder)) continue;
    for (const { network } of pack.networks)
      checks.push({ name: network, read: () => readPackNetwork(pack, network, folder) });
  }
  let exitCode = 0;
  for (const { name, read } of checks) {
    try {
      read();
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
