// A pairing just made: its code and IT PIN are in memory only, for as long as the dialog shows them.
import type { OutputOf } from '@hazri/shared/protocol/console';

export type MadePairing = OutputOf<'createPairing'>;
