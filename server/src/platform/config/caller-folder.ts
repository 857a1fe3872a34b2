// The folder in which a person typed a command, also under npm, which changes folder before it starts one.

export function callerFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}
