// What other modules may use of matching.
export { IdentifyFace } from './identify-face.js';
export { KeepTemplates } from './keep-templates.js';
export { FollowGalleries } from './follow-galleries.js';
