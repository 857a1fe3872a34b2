// Where the published anti-spoofing weights are for tests; they are not part of the project.
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export const publishedPack = path.join(
  process.env.HAZRI_TEST_MODELS ?? path.join(root, '../shared/models'),
  'minifasnet',
);
export const hasPublishedPack = existsSync(publishedPack);
if (!hasPublishedPack) {
  console.warn(`NOTE: no published weights at ${publishedPack} (HAZRI_TEST_MODELS); the pack is not tested.`);
}
