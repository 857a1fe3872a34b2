// The password rule as typed.
import { describe, expect, it } from 'vitest';
import { passwordProblem } from './password.js';

describe('passwordProblem', () => {
  it.each([
    ['short1', 'short'],
    ['twelveletter', 'mix'],
    ['123456789012', 'mix'],
    ['twelveletter1', null],
    ['fifteen letters', null],
    ['सूरज पूरब से निकलता', null],
  ])('%s is %s', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });
});
