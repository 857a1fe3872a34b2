// What other modules may use of the live events.
export { LiveEvents, type LiveScope } from './live-events.js';
