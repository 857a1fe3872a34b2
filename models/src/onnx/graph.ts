// Builds an ONNX graph one operator at a time and serialises it. Values are NCHW float32 and are referred to by
// name. The output is a pure function of the calls made, so the same weights always give the same bytes.

import { encodeModel } from './proto.js';

const FLOAT = 1;
const INT64 = 7;
const INT32 = 6;
const BYTES = { uint8: 2, int8: 3 } as const;
const IR_VERSION = 8;
const OPSET_VERSION = 17;

type Attribute = number | readonly number[] | string | { readonly float: number };

/** A name for a tensor inside the graph. */
export type Value = string;

/** A dimension: a fixed length, or a name for one that is known only when the graph runs. */
export type Dimension = number | string;

interface Encoded {
  readonly [field: string]: unknown;
}

/** A convolution whose weights are already in ONNX order. */
export interface Convolution {
  /** `[out, in / groups, height, width]`, row by row. */
  readonly weights: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly bias?: Float32Array;
  readonly stride?: number;
  readonly groups?: number;
  /** Equal zero border on all sides, one per side (top, left, bottom, right), or TensorFlow's `same`; none by default. */
  readonly padding?: number | readonly [number, number, number, number] | 'same';
}

/** The graph under construction. */
export class GraphBuilder {
  private readonly nodes: Encoded[] = [];
  private readonly initializers: Encoded[] = [];
  private readonly inputs: Encoded[] = [];
  private readonly outputs: Encoded[] = [];
  private counter = 0;

  constructor(private readonly name: string) {}

  /** Declares an input tensor. */
  input(name: string, dimensions: readonly Dimension[]): Value {
    this.inputs.push(describe(name, dimensions));
    return name;
  }

  /** Declares `value` as an output called `name`. */
  output(name: string, value: Value, dimensions: readonly Dimension[]): void {
    this.nodes.push({
      op_type: 'Identity',
      name: `out_${name}`,
      input: [value],
      output: [name],
      attribute: [],
    });
    this.outputs.push(describe(name, dimensions));
  }

  /** Stores float constants. */
  constant(data: Float32Array, dimensions: readonly number[]): Value {
    return this.stored(FLOAT, littleEndian(data), dimensions);
  }

  /** Stores integer constants, as shapes and index operands need them. */
  integers(values: readonly number[]): Value {
    const name = this.next('i');
    const bytes = new Uint8Array(values.length * 8);
    const view = new DataView(bytes.buffer);
    values.forEach((value, index) => {
      view.setBigInt64(index * 8, BigInt(value), true);
    });
    this.initializers.push({ name, dims: [values.length], data_type: INT64, raw_data: bytes });
    return name;
  }

  /** Stores constants of one byte each. */
  bytes(type: keyof typeof BYTES, values: ArrayLike<number>, dimensions: readonly number[]): Value {
    const raw_data = Uint8Array.from(values, (value) => value & 0xff);
    return this.stored(BYTES[type], raw_data, dimensions);
  }

  /** Stores constants of 32 bits each. */
  words(values: Int32Array, dimensions: readonly number[]): Value {
    const raw_data = new Uint8Array(values.length * 4);
    const view = new DataView(raw_data.buffer);
    values.forEach((value, index) => {
      view.setInt32(index * 4, value, true);
    });
    return this.stored(INT32, raw_data, dimensions);
  }

  /** Adds any operator with one output. */
  operator(
    type: string,
    input: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    return this.operators(type, input, 1, attributes)[0] ?? '';
  }

  /** Adds any operator with several outputs. */
  operators(
    type: string,
    input: readonly Value[],
    outputCount: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const output = Array.from({ length: outputCount }, () => this.next('v'));
    const attribute = Object.entries(attributes).map(([name, value]) => encodeAttribute(name, value));
    this.nodes.push({
      op_type: type,
      name: `${type}_${output[0] ?? ''}`,
      input: [...input],
      output,
      attribute,
    });
    return output;
  }

  conv(x: Value, layer: Convolution): Value {
    const operands = [x, this.constant(layer.weights, layer.shape)];
    if (layer.bias) operands.push(this.constant(layer.bias, [layer.bias.length]));
    return this.operator('Conv', operands, convAttributes(layer));
  }

  relu(x: Value): Value {
    return this.operator('Relu', [x]);
  }

  add(a: Value, b: Value): Value {
    return this.operator('Add', [a, b]);
  }

  /** Serialises the finished graph. */
  encode(): Uint8Array {
    return encodeModel({
      ir_version: IR_VERSION,
      producer_name: 'hazri',
      opset_import: [{ domain: '', version: OPSET_VERSION }],
      graph: {
        name: this.name,
        node: this.nodes,
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      },
    });
  }

  private stored(type: number, bytes: Uint8Array, dimensions: readonly number[]): Value {
    const name = this.next('c');
    this.initializers.push({ name, dims: [...dimensions], data_type: type, raw_data: bytes });
    return name;
  }

  private next(prefix: string): string {
    this.counter += 1;
    return `${prefix}${String(this.counter)}`;
  }
}

/** The attributes of a `Conv` node. */
export function convAttributes(layer: Convolution): Readonly<Record<string, Attribute>> {
  const stride = layer.stride ?? 1;
  const padding = layer.padding ?? 0;
  return {
    kernel_shape: [layer.shape[2], layer.shape[3]],
    strides: [stride, stride],
    group: layer.groups ?? 1,
    ...(padding === 'same' ? { auto_pad: 'SAME_UPPER' } : { pads: bordersOf(padding) }),
  };
}

function bordersOf(padding: number | readonly number[]): readonly number[] {
  return typeof padding === 'number' ? [padding, padding, padding, padding] : padding;
}

function describe(name: string, dimensions: readonly Dimension[]): Encoded {
  const dim = dimensions.map((d) => (typeof d === 'number' ? { dim_value: d } : { dim_param: d }));
  return { name, type: { tensor_type: { elem_type: FLOAT, shape: { dim } } } };
}

const ATTRIBUTE_TYPE = { float: 1, integer: 2, string: 3, integers: 7 } as const;

function encodeAttribute(name: string, value: Attribute): Encoded {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE_TYPE.integer };
  if (typeof value === 'string') {
    return { name, s: new TextEncoder().encode(value), type: ATTRIBUTE_TYPE.string };
  }
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE_TYPE.float };
  return { name, ints: [...value], type: ATTRIBUTE_TYPE.integers };
}

function littleEndian(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < data.length; index += 1) view.setFloat32(index * 4, data[index] ?? 0, true);
  return bytes;
}
