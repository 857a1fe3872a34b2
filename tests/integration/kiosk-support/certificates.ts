// Certificates made in the test: an authority, and leaves that are right or wrong in one way each.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
x509.cryptoProvider.set(webcrypto as unknown as Crypto);

export interface Authority {
  readonly pem: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}

export const CLIENT_PURPOSE = x509.ExtendedKeyUsage.clientAuth;

export interface Leaf {
  /** Leaf first, then its authority. */
  readonly cert: string;
  readonly key: string;
  /** This leaf misused as the issuer of another. */
  readonly asAuthority: Authority;
}

const makeKeys = (): Promise<CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

export async function makeAuthority(name = 'Test authority'): Promise<Authority> {
  const pair = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys: pair,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - 3650 * DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  return { pem: certificate.toString('pem'), certificate, keys: pair };
}

export interface LeafOptions {
  readonly names?: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly purpose?: x509.ExtendedKeyUsage;
}

export async function makeLeaf(authority: Authority, options: LeafOptions = {}): Promise<Leaf> {
  const keys = await makeKeys();
  const names = options.names ?? ['localhost', '127.0.0.1'];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=test server',
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(options.fromMs ?? Date.now() - DAY_MS),
    notAfter: new Date(options.toMs ?? Date.now() + 90 * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([options.purpose ?? x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
    ],
  });
  const cert = `${certificate.toString('pem')}\n${authority.pem}\n`;
  return { cert, key: await exportKey(keys.privateKey), asAuthority: { pem: cert, certificate, keys } };
}

async function exportKey(key: CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
}
