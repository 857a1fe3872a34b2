// TLS 1.3 to the one server this tablet knows. Trust is the pin: the chain that the server presents must lead, by
// valid signatures, to a certificate whose public key is pinned, and must name the host. Nothing is written to a
// connection before that was checked. Node's own verification stays off because it knows only the tablet's wall
// clock, which may be years off, and public authorities, which have no say here.
import { type X509Certificate, createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { type Duplex } from 'node:stream';
import { type TLSSocket, connect } from 'node:tls';
import { isIP } from 'node:net';
import { type Result, err, ok } from '@hazri/shared/result';

const LONGEST_CHAIN = 6;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const CONNECT_TIMEOUT_MS = 10_000;

export type ChainFault =
  'CHAIN_MISSING' | 'CHAIN_BROKEN' | 'CHAIN_UNPINNED' | 'CHAIN_HOST' | 'CHAIN_EXPIRED' | 'CHAIN_PURPOSE';

/** A server that must not be spoken to. */
export class UntrustedServerError extends Error {
  override readonly name = 'UntrustedServerError';
  readonly code = 'CERTIFICATE_WRONG';
  constructor(readonly fault: ChainFault) {
    super(fault);
  }
}

export interface Trust {
  /** base64 SHA-256 of SubjectPublicKeyInfo. */
  readonly spkiPins: () => readonly string[];
  /** The true time where it is known; without it, dates cannot be judged and the pin alone decides. */
  readonly trustedNowMs: () => number | null;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export function spkiPin(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

/** The certificates of the server in the order of issue, its own first. */
export function presentedChain(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let certificate = socket.getPeerX509Certificate();
  while (certificate !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(certificate);
    const issuer: X509Certificate | undefined = certificate.issuerCertificate;
    certificate =
      issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256 ? undefined : issuer;
  }
  return chain;
}

/** Answers with the pins that the chain holds, up to and including the first trusted one. */
export function verifyChain(
  chain: readonly X509Certificate[],
  host: string,
  trust: Trust,
): Result<{ pin: string }, ChainFault> {
  const leaf = chain[0];
  if (leaf === undefined) return err('CHAIN_MISSING');
  const named = isIP(host) === 0 ? leaf.checkHost(host, { subject: 'never' }) : leaf.checkIP(host);
  if (named === undefined) return err('CHAIN_HOST');
  // Typed as always present, but undefined where the certificate has no such extension.
  const purposes = leaf.keyUsage as string[] | undefined;
  if (purposes !== undefined && !purposes.includes(SERVER_AUTHENTICATION)) return err('CHAIN_PURPOSE');
  const nowMs = trust.trustedNowMs();
  for (const [index, certificate] of chain.entries()) {
    if (index > 0 && !certificate.ca) return err('CHAIN_BROKEN');
    if (nowMs !== null && !isValidAt(certificate, nowMs)) return err('CHAIN_EXPIRED');
    const pin = spkiPin(certificate);
    if (trust.spkiPins().includes(pin)) return ok({ pin });
    const issuer = chain[index + 1];
    if (issuer === undefined) return err('CHAIN_UNPINNED');
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return err('CHAIN_BROKEN');
  }
  return err('CHAIN_UNPINNED');
}

function isValidAt(certificate: X509Certificate, nowMs: number): boolean {
  return Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo);
}

/** Opens a connection that has said nothing yet; `judge` sees the chain before anybody may write. */
function openTls(address: Address, judge: (chain: X509Certificate[]) => Error | null): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address.host,
      port: address.port,
      ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
      minVersion: 'TLSv1.3',
      ALPNProtocols: ['http/1.1'],
      // An empty store: Node must not complete the presented chain from authorities of its own.
      ca: [],
      // Judged below, against the pins, before the socket is handed out.
      rejectUnauthorized: false,
    });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => {
      fail(new Error('TLS_TIMEOUT'));
    });
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const refusal = judge(presentedChain(socket));
      if (refusal !== null) {
        fail(refusal);
        return;
      }
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** Looks at what a server presents and hangs up; only pairing may ask, because nothing is pinned yet. */
export async function lookAtServer(address: Address): Promise<Result<{ pin: string }, ChainFault>> {
  let verdict: Result<{ pin: string }, ChainFault> = err('CHAIN_MISSING');
  const socket = await openTls(address, (chain) => {
    const last = chain.at(-1);
    if (last !== undefined) {
      verdict = verifyChain(chain, address.host, {
        spkiPins: () => [spkiPin(last)],
        trustedNowMs: () => null,
      });
    }
    return null;
  });
  socket.destroy();
  return verdict;
}

/** An https agent whose every connection was judged by `trust` before the first byte of a request. */
export class PinnedAgent extends Agent {
  readonly #trust: Trust;

  constructor(trust: Trust) {
    super({ keepAlive: true, maxSockets: 2, maxCachedSessions: 0, minVersion: 'TLSv1.3' });
    this.#trust = trust;
  }

  override createConnection(
    options: { host?: string | null; port?: number | string | null },
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    const address = { host: options.host ?? '', port: Number(options.port) };
    openTls(address, (chain) => {
      const verdict = verifyChain(chain, address.host, this.#trust);
      return verdict.ok ? null : new UntrustedServerError(verdict.error);
    }).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}
