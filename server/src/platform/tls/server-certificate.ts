// The certificate that the server presents right now, from the local authority or from the company's PEM files,
// and its renewal while the server runs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { UserError } from '@hazri/shared/result';
import type { Clock } from '../clock/clock.js';
import type { ServerConfig } from '../config/config.js';
import {
  type PemPair,
  certificatesOf,
  coversName,
  localCertificate,
  ownNames,
  spkiHash,
} from './local-authority.js';

export class ServerCertificate {
  private constructor(
    private readonly config: ServerConfig,
    private readonly clock: Clock,
    private pair: PemPair,
    /** Parsed once: every request asks for it. */
    private chain = certificatesOf(pair.cert),
  ) {}

  static async load(config: ServerConfig, clock: Clock): Promise<ServerCertificate> {
    return new ServerCertificate(config, clock, await read(config, clock));
  }

  current(): PemPair {
    return this.pair;
  }

  /** Reads or renews it again; true when it changed and the listener needs the new one. */
  async refresh(): Promise<boolean> {
    const next = await read(this.config, this.clock);
    const changed = next.cert !== this.pair.cert;
    this.pair = next;
    this.chain = certificatesOf(next.cert);
    return changed;
  }

  /** SHA-256 of the SPKI of the last certificate presented: what tablets pin. 32 bytes. */
  spki(): Uint8Array {
    const last = this.chain.at(-1);
    if (last === undefined) throw new UserError('CERTIFICATE_UNREADABLE', 'The certificate file is empty.');
    return spkiHash(last);
  }

  /** Whether a request for `name` can be meant for this server; keeps out DNS rebinding. */
  isFor(name: string): boolean {
    const [leaf] = this.chain;
    return name !== '' && leaf !== undefined && coversName(leaf, name);
  }
}

async function read(config: ServerConfig, clock: Clock): Promise<PemPair> {
  if (config.tls === null) {
    const names = ownNames(config.host);
    const publicName = config.publicAddress?.replace(/:\d+$/, '').toLowerCase();
    if (publicName !== undefined && !names.includes(publicName)) names.push(publicName);
    return localCertificate(path.join(config.dataFolder, 'tls'), names, clock.nowMs());
  }
  const pair = readFiles(config.tls);
  if (pair !== null && certificatesOf(pair.cert).length > 0) return pair;
  throw new UserError('CERTIFICATE_UNREADABLE', 'HAZRI_TLS_CERT and HAZRI_TLS_KEY are not a usable pair.');
}

function readFiles(files: { readonly certFile: string; readonly keyFile: string }): PemPair | null {
  try {
    const pair = { cert: readFileSync(files.certFile, 'utf8'), key: readFileSync(files.keyFile, 'utf8') };
    createSecureContext(pair);
    return pair;
  } catch {
    return null;
  }
}
