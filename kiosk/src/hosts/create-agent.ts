// Gives the agent its real parts; the two hosts differ only in how they protect the key.
import { randomInt } from 'node:crypto';
import { UserError } from '@hazri/shared/result';
import { type AgentOptions, TabletAgent } from '../agent/agent.js';
import { createLivenessCheck, type PackState } from '../engine/liveness/liveness-check.js';
import { openSpoofPack } from '../engine/liveness/spoof/spoof-pack.js';
import { createOnnxEngine } from '../engine/onnx/onnx-engine.js';

type Given = Pick<AgentOptions, 'config' | 'protection' | 'log'>;

export async function createTablet(options: Given): Promise<TabletAgent> {
  return TabletAgent.open({
    ...options,
    createEngine: () => createOnnxEngine(),
    liveness: createLivenessCheck(await openPack(options), { below: (limit) => randomInt(limit) }),
  });
}

/** A pack that is there and cannot be used is not the same as none: nobody may gain by damaging it. */
async function openPack({ config, log }: Given): Promise<PackState> {
  try {
    return (await openSpoofPack(config.dataFolder)) ?? 'none';
  } catch (error) {
    log.error('LIVENESS_PACK_BROKEN', error, { reason: error instanceof UserError ? error.code : 'UNKNOWN' });
    return 'broken';
  }
}
