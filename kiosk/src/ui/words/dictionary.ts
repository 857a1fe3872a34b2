// The shape every language must fill: the keys of English, any sentence as value.
import type { en } from './en.js';

type Sentences<T> = { readonly [K in keyof T]: T[K] extends string ? string : Sentences<T[K]> };
export type Dictionary = Sentences<typeof en>;
