// How near strangers come, for the embeddings that the tablets make: measured by `hazri face calibrate` on the LFW
// development subset, kept with its evidence in models/manifest.json, section "matching". Never used for embeddings of
// another model id.
import type { Calibration } from './calibration-type.js';
import { alignedCalibration } from './calibrations/resnet29-b413e420-aligned1.js';
import { alignedInt8Calibration } from './calibrations/resnet29-b413e420-int8-aligned1.js';

/** Of the model that a new installation runs. */
export const calibration = alignedCalibration;

/** Of every model whose embeddings may be matched. */
export const calibrations: readonly Calibration[] = [alignedCalibration, alignedInt8Calibration];
