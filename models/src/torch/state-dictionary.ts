// Reads the weights of a network from PyTorch's legacy file (before 1.6, not a zip): magic number, protocol, machine,
// dictionary of tensors, storage keys, then every storage as a count and raw numbers. Source: torch/serialization.py.

import { Weights, type Weight } from '../source-weights.js';
import { isKind, refusedPickle, unpickle, type Pickled, type TensorReference } from './unpickle.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const FLOAT_BYTES = 4;
const LONG_BYTES = 8;
/** Written by training on several processors; part of no name. */
const PREFIX = /^module\./;

/** All float tensors of the file by name, in PyTorch's order (convolutions are `[out, in, height, width]`).
 *  Errors: MODELS_SOURCE_SHAPE. */
export function readStateDictionary(bytes: Uint8Array): Weights {
  const magic = unpickle(bytes, 0);
  const protocol = unpickle(bytes, magic.end);
  const machine = unpickle(bytes, protocol.end);
  if (magic.value !== MAGIC || protocol.value !== PROTOCOL || !isLittleEndian(machine.value)) {
    throw refusedPickle();
  }
  const dictionary = unpickle(bytes, machine.end);
  const keys = unpickle(bytes, dictionary.end);
  const tensors = toTensors(dictionary.value);
  const storages = readStorages(bytes, keys.end, { keys: keys.value, tensors: [...tensors.values()] });
  const weights = new Map<string, Weight>();
  for (const [name, tensor] of tensors) {
    const storage = storages.get(tensor.storage.key);
    if (storage) weights.set(name.replace(PREFIX, ''), { shape: tensor.shape, data: view(tensor, storage) });
  }
  return new Weights(weights);
}

function isLittleEndian(machine: Pickled): boolean {
  return machine instanceof Map && machine.get('little_endian') === true;
}

function toTensors(dictionary: Pickled): Map<string, TensorReference> {
  if (!(dictionary instanceof Map)) throw refusedPickle();
  const tensors = new Map<string, TensorReference>();
  for (const [name, tensor] of dictionary) {
    if (typeof name !== 'string' || !isKind(tensor, 'tensor')) throw refusedPickle();
    tensors.set(name, tensor);
  }
  return tensors;
}

/** The float storages by key; counters of training steps (long integers) are skipped. */
function readStorages(
  bytes: Uint8Array,
  start: number,
  from: { readonly keys: Pickled; readonly tensors: readonly TensorReference[] },
): Map<string, Float32Array> {
  if (!Array.isArray(from.keys)) throw refusedPickle();
  const described = new Map(from.tensors.map(({ storage }) => [storage.key, storage]));
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const storages = new Map<string, Float32Array>();
  let at = start;
  for (const key of from.keys) {
    const storage = typeof key === 'string' ? described.get(key) : undefined;
    if (!storage || at + LONG_BYTES > bytes.length) throw refusedPickle();
    const count = Number(file.getBigInt64(at, true));
    const isFloat = storage.type === 'torch FloatStorage';
    const length = count * (isFloat ? FLOAT_BYTES : LONG_BYTES);
    at += LONG_BYTES;
    if (count !== storage.count || at + length > bytes.length) throw refusedPickle();
    const first = at;
    if (isFloat) {
      const read = (index: number): number => file.getFloat32(first + index * FLOAT_BYTES, true);
      storages.set(
        storage.key,
        Float32Array.from({ length: count }, (_, index) => read(index)),
      );
    }
    at += length;
  }
  if (at !== bytes.length) throw refusedPickle();
  return storages;
}

function view(tensor: TensorReference, storage: Float32Array): Float32Array {
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  const expected = tensor.shape.map((_, axis) =>
    tensor.shape.slice(axis + 1).reduce((product, size) => product * size, 1),
  );
  const isWhole = tensor.stride.every((stride, axis) => stride === expected[axis]);
  if (!isWhole || tensor.offset + count > storage.length) throw refusedPickle();
  return storage.slice(tensor.offset, tensor.offset + count);
}
