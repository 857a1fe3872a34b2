// The generated first password of the demo's owner, kept in a private file until it is changed for the first time.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const contents = z.object({ userId: z.string(), email: z.string(), password: z.string() });
export type GeneratedSignIn = z.infer<typeof contents>;

export class FirstSignIn {
  private readonly file: string;

  constructor(dataFolder: string) {
    this.file = path.join(dataFolder, 'first-sign-in.json');
  }

  /** Null when there never was one or it was changed. */
  read(): GeneratedSignIn | null {
    if (!existsSync(this.file)) return null;
    const parsed = contents.safeParse(JSON.parse(readFileSync(this.file, 'utf8')));
    return parsed.success ? parsed.data : null;
  }

  keep(signIn: GeneratedSignIn): void {
    mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
    writeFileSync(this.file, `${JSON.stringify(signIn)}\n`, { mode: 0o600, flush: true });
  }

  forget(userId: string): void {
    if (this.read()?.userId === userId) rmSync(this.file, { force: true });
  }
}
