// `audit verify`: walks every company's audit chain from its first row. Exit 1 when one of them is broken.
import { AuditChains, isUnbroken } from '../modules/audit/public.js';
import type { CommandInput } from './command.js';
import { withData } from './open-data.js';

export async function verifyAudit({ config, isJson, print }: CommandInput): Promise<number> {
  const reports = await withData(config, async (database, unitOfWork) => {
    const chains = new AuditChains(database);
    const found: { company: string; rows: number; isUnbroken: boolean }[] = [];
    for (const tenantId of await unitOfWork.run(() => chains.tenantIds())) {
      const records = await unitOfWork.run(() => chains.of(tenantId));
      found.push({ company: tenantId, rows: records.length, isUnbroken: isUnbroken(records) });
    }
    return found;
  });
  if (isJson) print(JSON.stringify({ companies: reports }));
  for (const { company, rows, isUnbroken: isWhole } of isJson ? [] : reports) {
    print(`${company}  ${String(rows)} rows  ${isWhole ? 'unbroken' : 'BROKEN'}`);
  }
  return reports.every((report) => report.isUnbroken) ? 0 : 1;
}
