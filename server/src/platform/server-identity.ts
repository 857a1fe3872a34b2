// How this server shows itself to others: the address it is told under and the key that tablets pin.
export interface ServerIdentity {
  /** host:port for links and tablets. */
  address(): string;
  /** SHA-256 of the SPKI of the last certificate that is presented now, 32 bytes. */
  serverSpki(): Uint8Array;
}
