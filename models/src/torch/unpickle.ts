// Reads the plain data in a Python pickle: numbers, texts, tuples, lists, dictionaries and references to tensors.
// Nothing is ever called or imported: a name stands for one of the few shapes known here, or the file is refused.
// Source: Lib/pickletools.py of CPython, protocol 2.

import { UserError } from '@hazri/shared/result';

/** What a pickle of tensors may hold. */
export type Pickled =
  | number
  | bigint
  | string
  | boolean
  | null
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledName
  | StorageReference
  | TensorReference;

interface PickledName {
  readonly kind: 'name';
  readonly name: AllowedName;
}

/** Where a tensor's numbers lie: a storage of `count` numbers that follows the pickles. */
export interface StorageReference {
  readonly kind: 'storage';
  readonly type: 'torch FloatStorage' | 'torch LongStorage';
  readonly key: string;
  readonly count: number;
}

/** A view of a storage. */
export interface TensorReference {
  readonly kind: 'tensor';
  readonly storage: StorageReference;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

const ALLOWED_NAMES = [
  'collections OrderedDict',
  'torch._utils _rebuild_tensor_v2',
  'torch FloatStorage',
  'torch LongStorage',
] as const;
type AllowedName = (typeof ALLOWED_NAMES)[number];

/** Far more than any state dictionary needs. */
const MOST_INSTRUCTIONS = 1_000_000;

export function refusedPickle(): UserError {
  return new UserError(
    'MODELS_SOURCE_SHAPE',
    'The file holds something other than the weights of a network; it was not read.',
  );
}

/** Reads one pickle of `bytes` from `start` on; `end` is where the next one begins. Errors: MODELS_SOURCE_SHAPE. */
export function unpickle(bytes: Uint8Array, start: number): { value: Pickled; end: number } {
  const machine = new Machine(bytes, start);
  for (let count = 0; count < MOST_INSTRUCTIONS; count += 1) {
    if (machine.step()) return { value: machine.pop(), end: machine.at };
  }
  throw refusedPickle();
}

const MARK = Symbol('mark');

class Machine {
  private readonly view: DataView;
  private readonly stack: (Pickled | typeof MARK)[] = [];
  private readonly memo = new Map<number, Pickled>();
  private readonly instructions: Readonly<Record<number, () => void>>;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.instructions = { ...this.constants(), ...this.containers(), ...this.references() };
  }

  /** Performs one instruction; true at the end. */
  step(): boolean {
    const code = this.byte();
    if (code === 0x2e) return true;
    const perform = this.instructions[code];
    if (!perform) throw refusedPickle();
    perform();
    return false;
  }

  pop(): Pickled {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) throw refusedPickle();
    return value;
  }

  private constants(): Record<number, () => void> {
    return {
      0x80: () => {
        if (this.byte() !== 2) throw refusedPickle();
      },
      0x4e: () => this.stack.push(null),
      0x88: () => this.stack.push(true),
      0x89: () => this.stack.push(false),
      0x4b: () => this.stack.push(this.byte()),
      0x4d: () => this.stack.push(this.view.getUint16(this.take(2), true)),
      0x4a: () => this.stack.push(this.view.getInt32(this.take(4), true)),
      0x8a: () => this.stack.push(this.long(this.byte())),
      0x58: () => this.stack.push(this.text(this.view.getUint32(this.take(4), true))),
    };
  }

  private containers(): Record<number, () => void> {
    return {
      0x28: () => this.stack.push(MARK),
      0x29: () => this.stack.push([]),
      0x5d: () => this.stack.push([]),
      0x7d: () => this.stack.push(new Map()),
      0x74: () => this.stack.push(this.popToMark()),
      0x85: () => this.stack.push([this.pop()]),
      0x86: () => this.stack.push([this.pop(), this.pop()].reverse()),
      0x65: () => {
        const items = this.popToMark();
        this.topList().push(...items);
      },
      0x73: () => {
        const [value, key] = [this.pop(), this.pop()];
        this.topMap().set(key, value);
      },
      0x75: () => {
        const items = this.popToMark();
        const map = this.topMap();
        for (let at = 0; at + 1 < items.length; at += 2) map.set(items[at] ?? null, items[at + 1] ?? null);
      },
    };
  }

  private references(): Record<number, () => void> {
    const remember = (slot: number): void => {
      this.memo.set(slot, this.peek());
    };
    const recall = (slot: number): void => {
      const value = this.memo.get(slot);
      if (value === undefined) throw refusedPickle();
      this.stack.push(value);
    };
    return {
      0x71: () => {
        remember(this.byte());
      },
      0x72: () => {
        remember(this.view.getUint32(this.take(4), true));
      },
      0x68: () => {
        recall(this.byte());
      },
      0x6a: () => {
        recall(this.view.getUint32(this.take(4), true));
      },
      0x63: () => this.stack.push(this.name()),
      0x51: () => this.stack.push(toStorage(this.pop())),
      0x52: () => {
        const [given, what] = [this.pop(), this.pop()];
        this.stack.push(build(what, given));
      },
      // The state of an ordered dictionary is its metadata, which nobody here reads.
      0x62: () => {
        this.pop();
        this.topMap();
      },
    };
  }

  private peek(): Pickled {
    const value = this.stack.at(-1);
    if (value === undefined || value === MARK) throw refusedPickle();
    return value;
  }

  private topList(): Pickled[] {
    const value = this.peek();
    if (!Array.isArray(value)) throw refusedPickle();
    return value;
  }

  private topMap(): Map<Pickled, Pickled> {
    const value = this.peek();
    if (!(value instanceof Map)) throw refusedPickle();
    return value;
  }

  private popToMark(): Pickled[] {
    const items: Pickled[] = [];
    for (let value = this.stack.pop(); value !== MARK; value = this.stack.pop()) {
      if (value === undefined) throw refusedPickle();
      items.push(value);
    }
    return items.reverse();
  }

  private take(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw refusedPickle();
    this.at += length;
    return start;
  }

  private byte(): number {
    return this.view.getUint8(this.take(1));
  }

  private text(length: number): string {
    const start = this.take(length);
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  private long(length: number): bigint {
    const start = this.take(length);
    let value = 0n;
    for (let at = length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(this.bytes[start + at] ?? 0);
    return BigInt.asIntN(8 * length, value);
  }

  private name(): PickledName {
    const line = (): string => {
      const end = this.bytes.indexOf(0x0a, this.at);
      if (end < 0) throw refusedPickle();
      const text = this.text(end - this.at);
      this.at += 1;
      return text;
    };
    const wanted = `${line()} ${line()}`;
    const name = ALLOWED_NAMES.find((allowed) => allowed === wanted);
    if (!name) throw refusedPickle();
    return { kind: 'name', name };
  }
}

function toStorage(value: Pickled): StorageReference {
  if (!Array.isArray(value)) throw refusedPickle();
  const [tag, type, key, , count] = value;
  const isStorage = tag === 'storage' && typeof key === 'string' && typeof count === 'number';
  if (!isStorage || !isKind(type, 'name')) throw refusedPickle();
  const { name } = type;
  if (name !== 'torch FloatStorage' && name !== 'torch LongStorage') throw refusedPickle();
  return { kind: 'storage', type: name, key, count };
}

function build(what: Pickled, given: Pickled): Pickled {
  if (!isKind(what, 'name') || !Array.isArray(given)) throw refusedPickle();
  if (what.name === 'collections OrderedDict' && given.length === 0) return new Map();
  if (what.name !== 'torch._utils _rebuild_tensor_v2') throw refusedPickle();
  const [storage, offset, shape, stride] = given;
  if (!isKind(storage, 'storage') || typeof offset !== 'number') throw refusedPickle();
  return { kind: 'tensor', storage, offset, shape: toLengths(shape), stride: toLengths(stride) };
}

function toLengths(value: Pickled | undefined): number[] {
  if (!Array.isArray(value)) throw refusedPickle();
  return value.map((item) => {
    if (typeof item !== 'number' || item < 0) throw refusedPickle();
    return item;
  });
}

/** Whether `value` is the object of this kind. */
export function isKind<K extends 'name' | 'storage' | 'tensor'>(
  value: Pickled | undefined,
  kind: K,
): value is Extract<Pickled, { kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
