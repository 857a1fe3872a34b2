// A person's own templates, whatever else came and went.
import { describe, expect, it } from 'vitest';
import { PortableCodeScan } from './code-scan.js';
import { Gallery } from './gallery.js';

function axis(at: number): Float32Array {
  const embedding = new Float32Array(128);
  embedding[at] = 1;
  return embedding;
}

describe('Gallery.templatesOf', () => {
  it('gives the templates of one person and nobody else, also after others left', () => {
    const gallery = new Gallery('m', new PortableCodeScan());
    const add = (personId: string, at: number) =>
      gallery.add({ templateId: `t${String(at)}`, personId, modelId: 'm', embedding: axis(at) });
    ['a', 'b', 'a', 'c', 'a'].forEach(add);
    expect(gallery.templatesOf('nobody')).toEqual([]);
    gallery.removePerson('c');
    gallery.removePerson('b');
    expect(gallery.templatesOf('b')).toEqual([]);
    const own = gallery.templatesOf('a');
    expect(own.map((one) => one.templateId).sort()).toEqual(['t0', 't2', 't4']);
    for (const { templateId, embedding } of own) expect(embedding).toEqual(axis(Number(templateId.slice(1))));
    gallery.removePerson('a');
    expect(gallery.templatesOf('a')).toEqual([]);
  });
});
