// Templates at rest, and what the matching module needs from its store and its vault.
import type { TemplateInfo } from '@hazri/shared/protocol/event';
import type { Result } from '@hazri/shared/result';

/** A person has at most this many. */
export const TEMPLATES_AT_MOST = 8;

export type TemplateSource = 'enrolment' | 'self-update' | 'roll-over';

export interface StoredTemplate {
  readonly id: string;
  readonly tenantId: string;
  readonly personId: string;
  readonly modelId: string;
  /** Ciphertext of the vault. */
  readonly sealed: Uint8Array;
  readonly createdAtMs: number;
  readonly quality: { readonly score: number } | null;
  readonly pose: TemplateInfo['pose'] | null;
  readonly look: TemplateInfo['look'] | null;
  readonly source: TemplateSource;
  /** Accepted punches that it was the nearest template of. */
  readonly usedCount: number;
  readonly lastUsedAtMs: number | null;
}

/** A face of the next recognition model that waits until enough of them agree. Never searched. */
export type Candidate = Pick<
  StoredTemplate,
  'id' | 'tenantId' | 'personId' | 'modelId' | 'sealed' | 'createdAtMs'
>;

export interface TemplateRef {
  readonly id: string;
  readonly personId: string;
}

export interface TemplateUsed {
  readonly tenantId: string;
  readonly templateId: string;
  readonly times: number;
  readonly lastAtMs: number;
}

/** Every method runs inside the caller's unit of work. */
export interface TemplateRows {
  add(template: StoredTemplate): Promise<void>;
  ofPerson(tenantId: string, personId: string): Promise<StoredTemplate[]>;
  ofPeople(tenantId: string, personIds: readonly string[]): Promise<StoredTemplate[]>;
  /** Ids only, of the whole company. */
  refs(tenantId: string): Promise<TemplateRef[]>;
  /** How many people have a template of each model. */
  peopleByModel(tenantId: string): Promise<Map<string, number>>;
  removeOf(tenantId: string, personId: string): Promise<number>;
  remove(tenantId: string, templateIds: readonly string[]): Promise<void>;
  addUse(used: TemplateUsed): Promise<void>;
  addCandidate(candidate: Candidate): Promise<void>;
  /** Oldest first. */
  candidatesOf(tenantId: string, personId: string): Promise<Candidate[]>;
  removeCandidates(tenantId: string, candidateIds: readonly string[]): Promise<void>;
  removeCandidatesOf(tenantId: string, personId: string): Promise<void>;
  /** Rises with every change of the company's templates or look-alikes; 0 before the first. */
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
