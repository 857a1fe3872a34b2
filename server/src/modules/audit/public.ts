// What other modules may use of the audit trail.
export { AuditTrail, SYSTEM_ACTOR, type AuditDetail } from './audit-trail.js';
