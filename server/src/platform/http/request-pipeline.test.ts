import { describe, expect, it } from 'vitest';
import { hostnameOf } from './request-pipeline.js';

describe('the name in a Host header', () => {
  it.each([
    ['localhost:8443', 'localhost'],
    ['Hazri.Example.com', 'hazri.example.com'],
    ['[::1]:8443', '::1'],
    ['127.0.0.1', '127.0.0.1'],
  ])('%s is %s', (host, name) => {
    expect(hostnameOf(host)).toBe(name);
  });

  it.each([undefined, '', 'a b', 'user@localhost', 'localhost:', 'localhost:123456', '[::1', 'a/b', 'a,b'])(
    '%s is refused',
    (host) => {
      expect(hostnameOf(host)).toBe('');
    },
  );
});
