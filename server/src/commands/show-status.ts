// `status`: what the data folder holds, without any secret.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadRootKey } from '../platform/keys/root-key.js';
import { certificatesOf } from '../platform/tls/local-authority.js';
import { AuditChains } from '../modules/audit/public.js';
import type { CommandInput } from './command.js';
import { withData } from './open-data.js';

export async function showStatus({ config, isJson, print }: CommandInput): Promise<number> {
  const companies = await withData(config, (database, unitOfWork) =>
    unitOfWork.run(() => new AuditChains(database).tenantIds()),
  );
  const certFile = config.tls?.certFile ?? path.join(config.dataFolder, 'tls', 'server.pem');
  const [leaf] = existsSync(certFile) ? certificatesOf(readFileSync(certFile, 'utf8')) : [];
  const status = {
    data: config.dataFolder,
    database: config.database.dialect,
    companies: companies.length,
    rootKey: loadRootKey(config.rootKey).fingerprint,
    certificateUntil: leaf === undefined ? null : new Date(leaf.validTo).toISOString(),
  };
  if (isJson) print(JSON.stringify(status));
  else for (const [name, value] of Object.entries(status)) print(`${name}: ${String(value ?? 'none')}`);
  return 0;
}
