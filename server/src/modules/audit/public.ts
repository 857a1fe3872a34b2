// What other modules may use of the audit trail.
export { AuditTrail, SYSTEM_ACTOR, isUnbroken, type AuditDetail } from './audit-trail.js';
export { AuditRepository as AuditChains } from './persistence/audit.repository.js';
