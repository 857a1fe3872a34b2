// What other modules may use of attendance.
export { ExceptionBook, type ExceptionKind, type ExceptionToOpen } from './exceptions.js';
export { RecordPunch, type RecordedScan } from './record-punch.js';
export { UndoPunch } from './undo-punch.js';
export { localDayAt } from './local-day.js';
