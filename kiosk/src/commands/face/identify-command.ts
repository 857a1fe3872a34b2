// `hazri face identify`: how well enrolled people are told from each other and from strangers, by the server's own
// ranking and decision. No probe is ever dropped: a picture without a face is embedded from its middle and counted.

import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrationOf } from '@hazri/shared/domain/matching/threshold';
import { UserError } from '@hazri/shared/result';
import { openModels } from '@hazri/models/load';
import { writeLine } from '../output.js';
import { fromCaller } from '../paths.js';
import { embedPictures } from './embed-pictures.js';
import { identify, type IdentificationReport } from './identification.js';
import { type LabelledPath, parseLabelledPaths } from './identify-file.js';
import { readText } from './inputs.js';
import { enrol, groupByPerson } from './labelled.js';

const USAGE = `Usage: ./hazri face identify --gallery CSV --probes CSV [--root DIR] [--model ID] [--json]

Enrols the gallery and searches it for every probe, deciding as the server does. Both lists have a first line
"path,identity"; an empty identity is a stranger, several gallery rows of one identity are that person's templates.
Paths are relative to --root, else to the list they stand in.

  rank1        share of known probes whose most alike person is the right one
  fnirAtFpir   share of known probes that are not both right and above the score that this share of strangers passes
  budgets      what the product does when so many wrong identifications per 1,000 strangers are accepted

Pictures in which no face is found are taken from their middle and counted as "missing" on standard error.
`;

export async function runIdentify(args: readonly string[]): Promise<number> {
  const values = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.gallery === undefined || values.probes === undefined) {
    throw new UserError(
      'OPTION_MISSING',
      'Say who is enrolled and who is searched: --gallery CSV --probes CSV.',
    );
  }
  const modelId = values.model ?? openModels().manifest.recognition.modelId;
  const calibration = calibrationOf(modelId);
  if (!calibration) throw new UserError('MODEL_UNKNOWN', 'There is no calibration for this model.');
  const gallery = readList(values.gallery, values.root);
  const probes = readList(values.probes, values.root);
  check(gallery, probes, { gallery: values.gallery, probes: values.probes });
  const paths = [...gallery, ...probes].map(({ path }) => path);
  const embedded = await embedPictures('face identify', paths, modelId);
  const embeddingOf = (path: string): Float32Array => embedded.embeddings.get(path) ?? new Float32Array();
  const people = groupByPerson(
    gallery.map(({ path, identity }) => ({ person: identity, embedding: embeddingOf(path) })),
  );
  const known = probes.map(({ path, identity }) => ({ identity, embedding: embeddingOf(path) }));
  const report = identify(enrol(modelId, people), known, calibration);
  if (embedded.missing > 0) {
    process.stderr.write(`no face found in ${String(embedded.missing)} pictures (taken from the middle)\n`);
  }
  await writeLine(values.json === true ? JSON.stringify(report) : describe(report));
  return 0;
}

function readList(list: string, root: string | undefined): LabelledPath[] {
  const file = fromCaller(list);
  const base = root === undefined ? dirname(file) : fromCaller(root);
  return parseLabelledPaths(readText(file), file).map(({ path, identity }) => ({
    path: resolve(base, path),
    identity,
  }));
}

function check(
  gallery: readonly LabelledPath[],
  probes: readonly LabelledPath[],
  files: { readonly gallery: string; readonly probes: string },
): void {
  if (gallery.length === 0) {
    throw new UserError('GALLERY_EMPTY', 'The gallery names no picture.', files.gallery);
  }
  if (gallery.some(({ identity }) => identity === '')) {
    throw new UserError('GALLERY_IDENTITY', 'Every picture of the gallery needs an identity.', files.gallery);
  }
  const enrolled = new Set(gallery.map(({ identity }) => identity));
  const known = probes.filter(({ identity }) => identity !== '');
  if (known.length === 0) {
    throw new UserError('PROBES_NO_KNOWN', 'No probe is of an enrolled person.', files.probes);
  }
  if (known.length === probes.length) {
    throw new UserError(
      'PROBES_NO_STRANGERS',
      'No probe is a stranger: give some rows an empty identity.',
      files.probes,
    );
  }
  const other = known.find(({ identity }) => !enrolled.has(identity));
  if (other) {
    throw new UserError(
      'PROBES_IDENTITY',
      `"${other.identity}" is not in the gallery; a stranger has an empty identity.`,
      files.probes,
    );
  }
}

function describe(report: IdentificationReport): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const { people, probes, strangers } = report;
  return [
    `${String(people)} people enrolled, ${String(probes)} probes of them, ${String(strangers)} strangers`,
    `rank 1 ${percent(report.rank1)}`,
    ...Object.entries(report.fnirAtFpir).map(
      ([fpir, fnir]) => `FNIR ${percent(fnir)} at FPIR ${percent(Number(fpir))}`,
    ),
    ...report.budgets.map(
      ({ budget, threshold, fpir, fnir }) =>
        `budget ${String(budget)} in 1,000: threshold ${threshold.toFixed(4)}, FPIR ${percent(fpir)}, FNIR ${percent(fnir)}`,
    ),
  ].join('\n');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        gallery: { type: 'string' },
        probes: { type: 'string' },
        root: { type: 'string' },
        model: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
