// Turns what fingers typed into what the agent expects. Forgiving on the way in, exact on the way out.

export const PAIRING_CODE_LENGTH = 8;
const GROUP = 4;

/** Crockford base32: letters that look like digits are read as digits, anything else is dropped; at most 8 left. */
export function normalisePairingCode(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
    .replaceAll(/[^0-9A-HJKMNP-TV-Z]/g, '')
    .slice(0, PAIRING_CODE_LENGTH);
}

/** `ABCD-12EF`; the dash stands as soon as the first group is full. */
export function showPairingCode(code: string): string {
  return code.length < GROUP ? code : `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;
}

/** `host:port` of whatever was pasted: no scheme, no path, no spaces, lower case. */
export function normaliseServerAddress(typed: string): string {
  const bare = typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '');
  return bare.replace(/[/?#].*$/, '').replaceAll(/\s/g, '');
}

/** Keeps the characters an employee code may have; it begins with a letter or digit and has at most 32. */
export function normaliseEmployeeCode(typed: string): string {
  return typed
    .replaceAll(/[^A-Za-z0-9._/-]/g, '')
    .replace(/^[._/-]+/, '')
    .slice(0, 32);
}

/** At most six digits; digits of other scripts are read as what they are. */
export function normalisePin(typed: string): string {
  return typed
    .replaceAll(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replaceAll(/\D/g, '')
    .slice(0, 6);
}
