// Templates at rest: AES-256-GCM under the person's own key, of the embedding turned by the tenant's secret rotation.
// Destroying the person's key is erasure: no template of that person opens again, wherever a copy of it lies.
import { templateAad } from '@hazri/shared/crypto/envelope';
import { embeddingsToBytes } from '@hazri/shared/crypto/embedding-bytes';
import { EMBEDDING_LENGTH } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import { openBytes, sealBytes } from './aes-gcm.js';
import type { TenantKeys } from './tenant-keys.js';

export interface TemplatePlace {
  readonly tenantId: string;
  readonly personId: string;
  readonly templateId: string;
  readonly modelId: string;
}

export interface SealedTemplate {
  readonly personId: string;
  readonly templateId: string;
  readonly modelId: string;
  readonly sealed: Uint8Array;
}

export type TemplateError = 'TEMPLATE_KEY_DESTROYED' | 'TEMPLATE_UNREADABLE';

/** Every method runs inside the caller's unit of work. */
export class TemplateVault {
  constructor(private readonly keys: TenantKeys) {}

  /** Makes the person's key at the first template. */
  async seal(at: TemplatePlace, embedding: Float32Array): Promise<Uint8Array> {
    const known = await this.keys.personKeys(at.tenantId, [at.personId]);
    const key = known.get(at.personId) ?? (await this.keys.createPersonKey(at.tenantId, at.personId));
    const rotation = await this.keys.rotationOf(at.tenantId);
    const plain = embeddingsToBytes([rotation.apply(embedding)]);
    const sealed = sealBytes(key, plain, aadOf(at));
    plain.fill(0);
    key.fill(0);
    return sealed;
  }

  /** The embedding as it was sealed, up to rounding to float32. The caller zeroes it when done. */
  async open(at: TemplatePlace, sealed: Uint8Array): Promise<Result<Float32Array, TemplateError>> {
    const [opened] = await this.openMany(at.tenantId, [{ ...at, sealed }]);
    return opened ?? err('TEMPLATE_UNREADABLE');
  }

  /** Opens many at once, in order, with one look-up of the keys; one bad template does not hide the others. */
  async openMany(
    tenantId: string,
    templates: readonly SealedTemplate[],
  ): Promise<Result<Float32Array, TemplateError>[]> {
    const people = [...new Set(templates.map((template) => template.personId))];
    const keys = await this.keys.personKeys(tenantId, people);
    const rotation = await this.keys.rotationOf(tenantId);
    const opened = templates.map((template): Result<Float32Array, TemplateError> => {
      const key = keys.get(template.personId);
      if (key === undefined) return err('TEMPLATE_KEY_DESTROYED');
      const plain = openBytes(key, template.sealed, aadOf({ tenantId, ...template }));
      if (!plain.ok || plain.value.length !== EMBEDDING_LENGTH * 4) return err('TEMPLATE_UNREADABLE');
      const rotated = floatsOf(plain.value);
      plain.value.fill(0);
      const embedding = rotation.undo(rotated);
      rotated.fill(0);
      return ok(embedding);
    });
    for (const key of keys.values()) key.fill(0);
    return opened;
  }

  /** After the commit none of the person's templates can be opened by anyone. */
  async destroyPerson(tenantId: string, personId: string): Promise<void> {
    await this.keys.destroyPersonKey(tenantId, personId);
  }
}

const aadOf = (at: TemplatePlace): Uint8Array =>
  templateAad({ tenant: at.tenantId, person: at.personId, template: at.templateId, model: at.modelId });

/** Rounding moved the length a little, so the unit check of fresh embeddings does not apply here. */
function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: EMBEDDING_LENGTH }, (_, at) => view.getFloat32(at * 4, true));
}
