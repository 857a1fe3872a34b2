// What modules ask the platform for. Classes stand for themselves; these names stand for interfaces.
export const CLOCK = Symbol('Clock');
export const LOGGER = Symbol('Logger');
export const CONFIG = Symbol('ServerConfig');
export const ROOT_KEY = Symbol('RootKey');
export const SERVER_IDENTITY = Symbol('ServerIdentity');
export const READINESS = Symbol('Readiness');
