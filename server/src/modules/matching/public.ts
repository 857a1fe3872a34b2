// What other modules may use of matching.
export { FollowGalleries } from './follow-galleries.js';
export type { IdentifyError } from './identify-face.js';
export { KeepTemplates } from './keep-templates.js';
export { LookAlikes } from './look-alikes.js';
export { NearPeople, type Face, type NearPerson } from './near-people.js';
export { RecogniseFace } from './recognise-face.js';
export { RecognitionModels } from './recognition-models.js';
export { RollOver } from './roll-over.js';
export { SelfUpdate } from './self-update.js';
export { TemplateUse } from './template-use.js';
export { VerifyFace } from './verify-face.js';
