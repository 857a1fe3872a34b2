// What accounts need to know of their company; the tenants module answers it.
export interface CompanyLookup {
  /** Inside the caller's unit of work. */
  company(tenantId: string): Promise<{
    readonly id: string;
    readonly name: string;
    readonly zone: string;
    readonly isDemo: boolean;
    readonly isRootKeySaved: boolean;
  } | null>;
}
