// What every command of the server gets.
import type { ServerConfig } from '../platform/config/config.js';

export interface CommandInput {
  readonly config: ServerConfig;
  readonly isJson: boolean;
  /** One line of data on standard output. */
  readonly print: (line: string) => void;
}
