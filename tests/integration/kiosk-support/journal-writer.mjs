// A tablet's journal in a process of its own, to be killed: appends until it dies and says each sequence number only
// after the append returned. Usage: node journal-writer.mjs PATH KEY_HEX MODE
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openJournal } from '../../../kiosk/dist/journal/open-journal.js';
import { checkInEvent } from './journal-events.mjs';

const [path, keyHex] = process.argv.slice(2);
const key = createPrivateKey({ key: Buffer.from(keyHex, 'hex'), format: 'der', type: 'pkcs8' });
const { journal } = openJournal({
  path,
  deviceId: '00000000-0000-4000-8000-000000000001',
  signer: { sign: (bytes) => sign(null, bytes, key) },
  verify: (bytes, signature) => verify(null, bytes, createPublicKey(key), signature),
  lastEpoch: 1,
  wallMs: () => Date.now(),
  driver: null,
});
writeSync(1, 'open\n');
for (;;) {
  const done = journal.append((position) => ({ event: checkInEvent(position), box: randomBytes(700) }));
  if (!done.ok) {
    writeSync(1, `${done.error}\n`);
    process.exit(3);
  }
  writeSync(1, `${done.value.epoch} ${done.value.seq} ${done.value.hash}\n`);
}
