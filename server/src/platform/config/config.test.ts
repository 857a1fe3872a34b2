import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig, reachableAddress, serverEnvironment } from './config.js';

describe('settings', () => {
  it('have defaults that reach nobody but this machine', () => {
    const config = parseConfig({ HAZRI_DATA: '/data' });
    expect(config).toMatchObject({
      dataFolder: '/data/server',
      host: '127.0.0.1',
      httpsPort: 8443,
      httpPort: 8080,
      database: { dialect: 'sqlite', file: '/data/server/hazri.db' },
      tls: null,
      rootKey: { text: null, file: '/data/server/keys/root.key' },
      trustedProxies: [],
      seedsDemo: false,
      passwordCost: 12,
    });
    expect(Object.isFrozen(config)).toBe(true);
    expect(reachableAddress(config, 8443)).toBe('localhost:8443');
  });

  it.each([
    { HAZRI_PORT: 'canary' },
    { HAZRI_PORT: '70000' },
    { HAZRI_DEMO: 'yes' },
    { HAZRI_TRUSTED_PROXIES: '10.0.0.1,canary!' },
    { HAZRI_TLS_CERT: '/canary.pem' },
    { DATABASE_URL: 'oracle://canary' },
    { HAZRI_PUBLIC_ADDRESS: 'https://canary/' },
  ])('that cannot be used are named without their value: %j', (environment) => {
    expect(() => parseConfig(environment)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(() => parseConfig(environment)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') as string }),
    );
  });

  it('take proxies as a list and databases by their address', () => {
    const config = parseConfig({
      HAZRI_TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
      DATABASE_URL: 'mariadb://hazri@db/hazri',
    });
    expect(config.trustedProxies).toEqual(['10.0.0.1', 'fd00::/8']);
    expect(config.database).toEqual({ dialect: 'mysql', url: 'mysql://hazri@db/hazri' });
  });

  it('stand in .env.example, each of them', () => {
    const example = readFileSync(path.resolve(import.meta.dirname, '../../../../.env.example'), 'utf8');
    const listed = new Set([...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]));
    expect(Object.keys(serverEnvironment.shape).filter((name) => !listed.has(name))).toEqual([]);
  });
});
