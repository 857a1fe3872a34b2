import { UserError } from '@hazri/shared/result';
import { describe, expect, it } from 'vitest';
import { readStateDictionary } from './state-dictionary.js';
import { unpickle } from './unpickle.js';

const text = (value: string): number[] => [...Buffer.from(value, 'latin1')];
/** BINUNICODE. */
const unicode = (value: string): number[] => [0x58, value.length, 0, 0, 0, ...text(value)];
const global = (module: string, name: string): number[] => [0x63, ...text(`${module}\n${name}\n`)];
const pickle = (...code: number[]): number[] => [0x80, 2, ...code, 0x2e];

const MAGIC = pickle(0x8a, 10, ...Buffer.from('6cfc9c46f9206aa85019', 'hex'));
const PROTOCOL = pickle(0x4d, 0xe9, 0x03);
const machine = (isLittle: number): number[] =>
  pickle(0x7d, 0x28, ...unicode('little_endian'), isLittle, 0x75);

/** `_rebuild_tensor_v2(storage, offset, shape, stride, False, OrderedDict())`. */
function tensor(storage: string, count: number, view: { offset: number; shape: number[]; stride: number[] }) {
  const lengths = (values: number[]): number[] => [0x28, ...values.flatMap((value) => [0x4b, value]), 0x74];
  return [
    ...global('torch._utils', '_rebuild_tensor_v2'),
    0x28,
    ...[0x28, ...unicode('storage'), ...global('torch', 'FloatStorage'), ...unicode(storage)],
    ...[...unicode('cpu'), 0x4b, count, 0x4e, 0x74, 0x51],
    ...[0x4b, view.offset, ...lengths(view.shape), ...lengths(view.stride), 0x89],
    ...[...global('collections', 'OrderedDict'), 0x29, 0x52, 0x74, 0x52],
  ];
}

function file(dictionary: number[], isLittle = 0x88): Uint8Array {
  const keys = pickle(0x5d, 0x28, ...unicode('a'), 0x65);
  const storage = Buffer.alloc(8 + 4 * 4);
  storage.writeBigInt64LE(4n);
  [1, 2, 3, 4].forEach((value, index) => storage.writeFloatLE(value, 8 + 4 * index));
  return Uint8Array.from([...MAGIC, ...PROTOCOL, ...machine(isLittle), ...dictionary, ...keys, ...storage]);
}

const named = (value: number[]): number[] =>
  pickle(...global('collections', 'OrderedDict'), 0x29, 0x52, ...unicode('module.w'), ...value, 0x73);

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'none';
}

describe('the reader of published weights', () => {
  const whole = { offset: 0, shape: [2, 2], stride: [2, 1] };

  it('reads tensors under their names, without the prefix of parallel training', () => {
    const weight = readStateDictionary(file(named(tensor('a', 4, whole)))).get('w');
    expect(weight.shape).toEqual([2, 2]);
    expect([...weight.data]).toEqual([1, 2, 3, 4]);
    const part = { offset: 2, shape: [2], stride: [1] };
    expect([...readStateDictionary(file(named(tensor('a', 4, part)))).get('w').data]).toEqual([3, 4]);
  });

  it('refuses a view that reaches outside its storage or is not laid out plainly', () => {
    for (const view of [
      { ...whole, offset: 1 },
      { ...whole, stride: [1, 2] },
    ]) {
      expect(codeOf(() => readStateDictionary(file(named(tensor('a', 4, view)))))).toBe(
        'MODELS_SOURCE_SHAPE',
      );
    }
  });

  it('refuses every name but the few it knows, and calls nothing', () => {
    for (const code of [
      global('os', 'system'),
      [...global('os', 'system'), ...unicode('true'), 0x85, 0x52],
      [...global('builtins', 'eval'), ...unicode('1'), 0x85, 0x52],
      [...global('collections', 'OrderedDict'), ...unicode('x'), 0x85, 0x52],
    ]) {
      expect(codeOf(() => unpickle(Uint8Array.from(pickle(...code)), 0))).toBe('MODELS_SOURCE_SHAPE');
    }
  });

  it('refuses a damaged file: cut off, another machine, another format, an unknown instruction', () => {
    const good = file(named(tensor('a', 4, whole)));
    for (const end of [0, 5, 40, good.length - 1]) {
      expect(codeOf(() => readStateDictionary(good.subarray(0, end)))).toBe('MODELS_SOURCE_SHAPE');
    }
    expect(codeOf(() => readStateDictionary(file(named(tensor('a', 4, whole)), 0x89)))).toBe(
      'MODELS_SOURCE_SHAPE',
    );
    expect(codeOf(() => readStateDictionary(Uint8Array.from([0x50, 0x4b, 3, 4])))).toBe(
      'MODELS_SOURCE_SHAPE',
    );
    expect(codeOf(() => unpickle(Uint8Array.from(pickle(0x81)), 0))).toBe('MODELS_SOURCE_SHAPE');
  });
});
