// The pack of anti-spoofing networks as the passive check sees it: one frame and one face in, one number out.

import { findPack, hasPack, readPackNetwork } from '@hazri/models/packs';
import type { Network } from '../../network.js';
import { openOnnxNetwork } from '../../onnx/onnx-network.js';
import type { Box, Frame } from '../../port.js';
import { CROP_SIDE, cutCrop } from './crop.js';

/** How far around the face each network looks, in parts of the box; part of its published name. */
const SCALES = { minifasnetV2: 2.7, minifasnetV1se: 4 } as const;
const LIVE_CLASS = 1;

/** An installed pack, opened. */
export interface SpoofPack {
  /** Names networks and weights, for the events that rest on them. */
  readonly id: string;
  /** Share of the networks' belief that the face in `box` is alive, 0 to 1: the mean of their softmax. `frame` is read
   *  before the call returns, and never after. */
  score(frame: Frame, box: Box): Promise<number>;
  close(): Promise<void>;
}

/** Where packs lie below the tablet's data folder. */
export function packFolder(dataFolder: string, name: string): string {
  return `${dataFolder}/models/${name}`;
}

/** Opens the pack; null when it is not installed. Errors: PACK_MISSING (in part), MODELS_BUILT_HASH. */
export async function openSpoofPack(dataFolder: string): Promise<SpoofPack | null> {
  const pack = findPack('minifasnet');
  const folder = packFolder(dataFolder, pack.name);
  if (!hasPack(pack, folder)) return null;
  const networks = await Promise.all(
    pack.networks.map(async ({ network }) => ({
      scale: SCALES[network],
      network: await openOnnxNetwork(readPackNetwork(pack, network, folder), 1),
    })),
  );
  const id = [pack.name, ...pack.networks.map(({ built }) => built.sha256.slice(0, 8))].join('-');
  return {
    id,
    async score(frame, box) {
      // All is cut before anything is waited for: the frame may be gone afterwards.
      const looks = networks.map(({ network, scale }) => ({ network, crop: cutCrop(frame, box, scale) }));
      let sum = 0;
      for (const { network, crop } of looks) sum += await liveShare(network, crop);
      return sum / networks.length;
    },
    close: async () => {
      await Promise.all(networks.map(({ network }) => network.close()));
    },
  };
}

async function liveShare(network: Network, crop: Float32Array): Promise<number> {
  const [logits] = await network.run(crop, [1, 3, CROP_SIDE, CROP_SIDE]);
  const powers = Array.from(logits ?? [], (logit) => Math.exp(logit));
  return (powers[LIVE_CLASS] ?? 0) / powers.reduce((sum, power) => sum + power, 0);
}
