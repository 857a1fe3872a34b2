// The password rule as the person types; the server decides, and also knows the blocklist.
export type PasswordProblem = 'short' | 'mix' | null;

/** 12–14 characters need letters and digits, 15 and more are free. Counts characters, not bytes. */
export function passwordProblem(password: string): PasswordProblem {
  const length = Array.from(password).length;
  if (length < 12) return 'short';
  if (length >= 15) return null;
  return /\p{L}/u.test(password) && /\p{N}/u.test(password) ? null : 'mix';
}
