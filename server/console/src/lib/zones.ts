// The zones that the browser knows, the ones of India and its neighbours first.
const NEAR = ['Asia/Kolkata', 'Asia/Dubai', 'Asia/Kathmandu', 'Asia/Colombo', 'Asia/Dhaka', 'Asia/Singapore'];

/** IANA names, nearest first, each once. */
export function zoneNames(): string[] {
  return [...new Set([...NEAR, ...Intl.supportedValuesOf('timeZone'), 'UTC'])].filter(
    (zone) => zone !== 'Asia/Calcutta',
  );
}
