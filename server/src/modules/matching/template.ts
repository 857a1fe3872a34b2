// Templates at rest, and what the matching module needs from its store and its vault.
import type { Result } from '@hazri/shared/result';

export interface StoredTemplate {
  readonly id: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly modelId: string;
  /** Ciphertext of the vault. */
  readonly sealed: Uint8Array;
  readonly quality: Readonly<Record<string, number>> | null;
  readonly source: 'enrolment';
  readonly createdAtMs: number;
}

export interface TemplateRef {
  readonly id: string;
  readonly personId: string;
}

/** Every method runs inside the caller's unit of work. */
export interface TemplateRows {
  add(template: StoredTemplate): Promise<void>;
  ofPerson(tenantId: string, personId: string): Promise<StoredTemplate[]>;
  ofPeople(tenantId: string, personIds: readonly string[]): Promise<StoredTemplate[]>;
  /** Ids only, of the whole company. */
  refs(tenantId: string): Promise<TemplateRef[]>;
  removeOf(tenantId: string, personId: string): Promise<number>;
  /** Rises with every change of the company's templates; 0 before the first. */
  version(tenantId: string): Promise<number>;
  /** Raises the version and returns it; others who change it wait until the unit of work ends. */
  raiseVersion(tenantId: string): Promise<number>;
  versions(): Promise<Map<string, number>>;
}

interface TemplatePlace {
  readonly tenantId: string;
  readonly personId: string;
  readonly templateId: string;
  readonly modelId: string;
}

/** Runs inside the caller's unit of work. */
export interface Vault {
  seal(at: TemplatePlace, embedding: Float32Array): Promise<Uint8Array>;
  openMany(
    tenantId: string,
    templates: readonly (Omit<TemplatePlace, 'tenantId'> & { readonly sealed: Uint8Array })[],
  ): Promise<Result<Float32Array, string>[]>;
  destroyPerson(tenantId: string, personId: string): Promise<void>;
}
