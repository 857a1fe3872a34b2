// Plants one violation of every dependency rule in a temporary tree and expects that very rule to report it:
// a rule that cannot fail protects nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const config = createRequire(import.meta.url)('../../.config/dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

/** Files of each planted violation; the first one is the offender. */
const PLANTED: Record<string, Record<string, string>> = {
  'no-cycles': {
    'shared/src/result/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
    'shared/src/result/b.ts': "import { a } from './a.js';\nexport const b = () => a;\n",
  },
  'nothing-unresolvable': { 'server/src/main.ts': "import '@hazri/not-there';\n" },
  'shared-imports-no-app': {
    'shared/src/protocol/a.ts': "import '../../../kiosk/src/journal/b.js';\n",
    'kiosk/src/journal/b.ts': 'export {};\n',
  },
  'domain-is-pure': {
    'shared/src/domain/matching/a.ts': "import '../../crypto/b.js';\n",
    'shared/src/crypto/b.ts': 'export {};\n',
  },
  'shared-has-no-runtime': { 'shared/src/crypto/a.ts': "import 'node:crypto';\n" },
  'apps-meet-only-in-shared': {
    'kiosk/src/agent/a.ts': "import '../../../server/src/platform/clock/b.js';\n",
    'server/src/platform/clock/b.ts': 'export {};\n',
  },
  'server-knows-no-tablet': {
    'server/src/platform/clock/a.ts': "import '../../../../models/src/b.js';\n",
    'models/src/b.ts': 'export {};\n',
  },
  'models-know-no-app': {
    'models/src/a.ts': "import '../../kiosk/src/engine/b.js';\n",
    'kiosk/src/engine/b.ts': 'export {};\n',
  },
  'browser-code-has-no-node': { 'kiosk/src/ui/app/a.ts': "import 'node:fs';\n" },
  'screen-knows-only-the-contract': {
    'kiosk/src/ui/app/a.ts': "import '../../agent/b.js';\n",
    'kiosk/src/agent/b.ts': 'export {};\n',
  },
  'preload-knows-only-channel-names': {
    'kiosk/src/hosts/electron/preload.ts': "import '../../contract/calls.js';\n",
    'kiosk/src/contract/calls.ts': 'export {};\n',
  },
  'contract-knows-no-agent': {
    'kiosk/src/contract/a.ts': "import '../agent/b.js';\n",
    'kiosk/src/agent/b.ts': 'export {};\n',
  },
  'orm-stays-in-persistence': { 'server/src/modules/people/a.ts': "import 'typeorm';\n" },
  'use-cases-know-no-framework': { 'server/src/modules/people/a.ts': "import '@nestjs/common';\n" },
  'controllers-never-reach-persistence': {
    'server/src/modules/people/http/a.ts': "import '../persistence/b.js';\n",
    'server/src/modules/people/persistence/b.ts': 'export {};\n',
  },
  'modules-enter-by-public': {
    'server/src/modules/people/a.ts': "import '../devices/b.js';\n",
    'server/src/modules/devices/b.ts': 'export {};\n',
  },
  'platform-knows-no-module': {
    'server/src/platform/http/a.ts': "import '../../modules/people/public.js';\n",
    'server/src/modules/people/public.ts': 'export {};\n',
  },
  'features-never-import-features': {
    'server/console/src/features/today/a.ts': "import '../people/b.js';\n",
    'server/console/src/features/people/b.ts': 'export {};\n',
  },
  'code-never-imports-tests': {
    'server/src/platform/clock/a.ts': "import '../../../../tests/support/b.js';\n",
    'tests/support/b.ts': 'export {};\n',
  },
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function violations(files: Record<string, string>): string[] {
  const tree = mkdtempSync(path.join(os.tmpdir(), 'hazri-architecture-'));
  folders.push(tree);
  cpSync(path.join(root, 'tsconfig.json'), path.join(tree, 'tsconfig.json'));
  cpSync(path.join(root, '.config/dependency-cruiser.cjs'), path.join(tree, 'rules.cjs'));
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    writeFileSync(path.join(tree, name), text);
  }
  const done = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      'rules.cjs',
      '--output-type',
      'json',
      ...Object.keys(files),
    ],
    { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(done.stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return report.summary.violations.map((violation) => violation.rule.name);
}

describe('dependency rules', () => {
  it('plants a violation of every rule there is', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  for (const [rule, files] of Object.entries(PLANTED)) {
    it(`reports a violation of ${rule}`, () => {
      expect(violations(files)).toContain(rule);
    });
  }

  it('reports nothing in a tree that keeps the rules', () => {
    expect(violations({ 'shared/src/result/a.ts': 'export const a = 1;\n' })).toEqual([]);
  });
});
