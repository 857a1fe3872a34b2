// What other modules may use of attendance.
export {
  DUPLICATE_VERDICTS,
  ExceptionBook,
  type DuplicateVerdict,
  type DuplicateVerdicts,
} from './exceptions.js';
export { RecordPunch } from './record-punch.js';
export { UndoPunch } from './undo-punch.js';
export { localDayAt } from './local-day.js';
