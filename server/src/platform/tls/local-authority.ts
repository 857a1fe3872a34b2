// A certificate authority of the server's own, for companies that bring no certificate: made at first start,
// private keys 0600, its leaf renewed long before it expires. Tablets pin the authority, never the leaf.
import 'reflect-metadata';
import { X509Certificate, createHash, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 180;
const RENEW_BEFORE_DAYS = 30;
/** Clocks of tablets may run behind. */
const BACKDATED_DAYS = 2;

export interface PemPair {
  /** Leaf first, then the authority. */
  readonly cert: string;
  readonly key: string;
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** The local leaf with its authority; made or renewed when it is missing, about to expire or misses a name. */
export async function localCertificate(
  folder: string,
  names: readonly string[],
  nowMs: number,
): Promise<PemPair> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string): string => path.join(folder, name);
  const current = readPair(at('server.pem'), at('server.key'));
  if (current !== null && isFresh(current.cert, names, nowMs)) return current;
  const authority = await loadAuthority(at('authority.pem'), at('authority.key'), nowMs);
  const pair = await issueLeaf(authority, names, nowMs);
  writeWhole(at('server.key'), pair.key);
  writeWhole(at('server.pem'), pair.cert);
  return pair;
}

/** Every name under which this machine may be reached on the address it listens on. */
export function ownNames(host: string): string[] {
  const names = new Set(['localhost', '127.0.0.1', '::1', hostname().toLowerCase()]);
  const isWildcard = host === '0.0.0.0' || host === '::';
  if (!isWildcard) names.add(host.toLowerCase());
  else {
    for (const addresses of Object.values(networkInterfaces())) {
      for (const { address, scopeid } of addresses ?? []) if (!scopeid) names.add(address);
    }
  }
  return [...names].sort();
}

/** Certificates of a PEM text, in order. */
export function certificatesOf(pem: string): X509Certificate[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(
    ([text]) => new X509Certificate(text),
  );
}

/** SHA-256 of a certificate's SubjectPublicKeyInfo, 32 bytes. */
export function spkiHash(certificate: X509Certificate): Uint8Array {
  const spki = certificate.publicKey.export({ format: 'der', type: 'spki' });
  return new Uint8Array(createHash('sha256').update(spki).digest());
}

export function coversName(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

function readPair(certFile: string, keyFile: string): PemPair | null {
  if (!existsSync(certFile) || !existsSync(keyFile)) return null;
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

function isFresh(pem: string, names: readonly string[], nowMs: number): boolean {
  const [leaf] = certificatesOf(pem);
  if (leaf === undefined) return false;
  const expiresMs = Date.parse(leaf.validTo);
  return expiresMs - nowMs > RENEW_BEFORE_DAYS * DAY_MS && names.every((name) => coversName(leaf, name));
}

async function loadAuthority(certFile: string, keyFile: string, nowMs: number): Promise<Authority> {
  const stored = readPair(certFile, keyFile);
  if (stored !== null) {
    const certificate = new x509.X509Certificate(stored.cert);
    return {
      certificate,
      keys: {
        privateKey: await importKey(stored.key),
        publicKey: (await certificate.publicKey.export()) as webcrypto.CryptoKey,
      },
    };
  }
  const keys = await newKeys();
  const mark = randomBytes(3).toString('hex');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=Hazri local authority ${mark}`,
    notBefore: new Date(nowMs - BACKDATED_DAYS * DAY_MS),
    notAfter: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writeWhole(keyFile, await exportKey(keys.privateKey));
  writeWhole(certFile, certificate.toString('pem'));
  return { certificate, keys };
}

async function issueLeaf(authority: Authority, names: readonly string[], nowMs: number): Promise<PemPair> {
  const keys = await newKeys();
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: 'CN=Hazri server',
    issuer: authority.certificate.subject,
    notBefore: new Date(nowMs - BACKDATED_DAYS * DAY_MS),
    notAfter: new Date(nowMs + LEAF_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  });
  const chain = [leaf, authority.certificate].map((certificate) => certificate.toString('pem').trim());
  return { cert: `${chain.join('\n')}\n`, key: await exportKey(keys.privateKey) };
}

const newSerial = (): string => `01${randomBytes(15).toString('hex')}`;

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), ALGORITHM, true, ['sign']);
}

function writeWhole(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, file);
}
