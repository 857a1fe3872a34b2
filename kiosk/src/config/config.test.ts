import { describe, expect, it } from 'vitest';
import { parseServerAddress, readConfig } from './config.js';

describe('configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config.port).toBe(7071);
    expect(config.serverAddress).toBeNull();
    expect(config.dataFolder).toMatch(/\.hazri[/\\]kiosk$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names a wrong setting and never prints its value', () => {
    const canary = 'canary-value';
    expect(() => readConfig({ HAZRI_KIOSK_PORT: canary })).toThrow(/HAZRI_KIOSK_PORT/);
    expect(() => readConfig({ HAZRI_KIOSK_PORT: canary })).not.toThrow(new RegExp(canary));
  });

  it.each([
    ['localhost:8443', { host: 'localhost', port: 8443 }],
    ['hr.example.com', { host: 'hr.example.com', port: 8443 }],
    ['https://hr.example.com:443/', { host: 'hr.example.com', port: 443 }],
    [' 192.168.1.5:9000 ', { host: '192.168.1.5', port: 9000 }],
    ['[::1]:8443', { host: '::1', port: 8443 }],
  ])('reads the server address %s', (text, address) => {
    expect(parseServerAddress(text)).toEqual(address);
  });

  it.each(['http://host', 'host/path', 'user:pass@host', 'host:port', '', 'ftp://host'])(
    'refuses the server address %j',
    (text) => {
      expect(parseServerAddress(text)).toBeNull();
    },
  );
});
