// What an encrypted template or field is bound to, and how its bytes are laid out: nonce (12) ‖ ciphertext ‖ tag (16).
// The cipher itself (AES-256-GCM) is the server's, behind a port.
import { utf8ToBytes } from './encoding.js';

export const ENVELOPE_NONCE_BYTES = 12;
export const ENVELOPE_TAG_BYTES = 16;

/** A ciphertext moved to another tenant, person, template or model does not open. */
export function templateAad(at: {
  tenant: string;
  person: string;
  template: string;
  model: string;
}): Uint8Array {
  return utf8ToBytes(`v1|${at.tenant}|${at.person}|${at.template}|${at.model}`);
}

export function wrapAad(at: {
  tenant: string;
  purpose: 'tenant-key' | 'person-key' | 'server-key';
  id: string;
}): Uint8Array {
  return utf8ToBytes(`v1|wrap|${at.purpose}|${at.tenant}|${at.id}`);
}
