// The short code a person may note when a punch waits on the tablet. It names the event by its hash and says nothing
// about the person.

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `XXX-XXX` from the first 30 bits of an event's hash (64 hex digits). */
export function formatSlip(hash: string): string {
  let bits = Number.parseInt(hash.slice(0, 8), 16) >>> 2;
  let text = '';
  for (let digit = 0; digit < 6; digit += 1) {
    text = (CROCKFORD[bits & 31] ?? '0') + text;
    bits >>>= 5;
  }
  return `${text.slice(0, 3)}-${text.slice(3)}`;
}
