// Gives the agent its real parts; the two hosts differ only in how they protect the key.
import { type AgentOptions, TabletAgent } from '../agent/agent.js';
import { createPassiveMotionCheck } from '../engine/liveness/passive-motion.js';
import { createOnnxEngine } from '../engine/onnx/onnx-engine.js';

export function createTablet(
  options: Pick<AgentOptions, 'config' | 'protection' | 'log'>,
): Promise<TabletAgent> {
  return TabletAgent.open({
    ...options,
    createEngine: () => createOnnxEngine(),
    liveness: createPassiveMotionCheck(),
  });
}
