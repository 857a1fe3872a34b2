// Labelled pictures by person, and galleries made of them as the server makes them.

import { PortableCodeScan } from '@hazri/shared/domain/matching/code-scan';
import { Gallery } from '@hazri/shared/domain/matching/gallery';
import { InvariantError } from '@hazri/shared/result';

/** One labelled embedding of unit length. */
export interface LabelledEmbedding {
  readonly person: string;
  readonly embedding: Float32Array;
}

/** A person and the embeddings of all their pictures, at least one. */
export interface LabelledPerson {
  readonly person: string;
  readonly pictures: readonly Float32Array[];
}

/** People in the order in which they first appear. */
export function groupByPerson(embeddings: readonly LabelledEmbedding[]): LabelledPerson[] {
  const people = new Map<string, Float32Array[]>();
  for (const { person, embedding } of embeddings) {
    const own = people.get(person);
    if (own) own.push(embedding);
    else people.set(person, [embedding]);
  }
  return [...people].map(([person, pictures]) => ({ person, pictures }));
}

/** A gallery with these people's templates. */
export function enrol(modelId: string, people: readonly LabelledPerson[]): Gallery {
  const gallery = new Gallery(modelId, new PortableCodeScan());
  for (const { person, pictures } of people) {
    for (const [at, embedding] of pictures.entries()) {
      const added = gallery.add({
        templateId: `${person}#${String(at)}`,
        personId: person,
        modelId,
        embedding,
      });
      if (!added.ok) throw new InvariantError(`the engine gave no usable embedding: ${added.error}`);
    }
  }
  return gallery;
}
