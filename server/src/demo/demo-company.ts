// The demo company of a first start: a few people without templates and one owner with a generated password.
// It is founded once, and never beside a company that somebody already works with.
import { randomBytes } from 'node:crypto';
import { InvariantError } from '@hazri/shared/result';
import type { UnitOfWork } from '../platform/database/unit-of-work.js';
import { SYSTEM_ACTOR } from '../modules/audit/public.js';
import type { FirstSignIn } from '../modules/auth/public.js';
import type { ImportPeople } from '../modules/people/public.js';
import type { CompanyDirectory, CreateCompany } from '../modules/tenants/public.js';

const OWNER_EMAIL = 'owner@demo.example';
const SITE = 'Pune works';
const PEOPLE = `code,name,department,site,joined,locale
D001,Asha Kulkarni,Assembly,${SITE},2021-04-01,hi
D002,Ravi Sharma,Assembly,${SITE},2019-07-15,hi
D003,Meera Iyer,Quality,${SITE},2022-01-10,en
D004,Imran Shaikh,Assembly,${SITE},2020-11-02,hi
D005,Lakshmi Nair,Stores,${SITE},2018-06-04,en
D006,Gurpreet Singh,Dispatch,${SITE},2023-03-20,hi
D007,Anita Deshmukh,Office,${SITE},2017-09-11,en
D008,Joseph D'Souza,Quality,${SITE},2021-12-01,en
D009,सुनीता यादव,Assembly,${SITE},2024-02-05,hi
D010,Vikram Rao,Maintenance,${SITE},2016-05-23,en
D011,Farah Khan,Office,${SITE},2022-08-29,en
D012,मोहन पाटील,Dispatch,${SITE},2020-01-06,hi
`;

export interface DemoParts {
  readonly unitOfWork: UnitOfWork;
  readonly companies: CompanyDirectory;
  readonly createCompany: CreateCompany;
  readonly importPeople: ImportPeople;
  readonly firstSignIn: FirstSignIn;
}

/** How to sign in to the demo; `password` is null once it was changed. Null when there is no demo. */
export interface DemoSignIn {
  readonly email: string;
  readonly password: string | null;
}

export async function readyDemo(parts: DemoParts): Promise<DemoSignIn | null> {
  const known = await parts.unitOfWork.run(async () => {
    const ids = await parts.companies.companyIds();
    const views = [];
    for (const id of ids) views.push(await parts.companies.company(id));
    return views;
  });
  if (known.length === 0) await seed(parts);
  else if (!known.some((company) => company?.isDemo === true)) return null;
  return { email: OWNER_EMAIL, password: parts.firstSignIn.read()?.password ?? null };
}

async function seed({ createCompany, importPeople, firstSignIn }: DemoParts): Promise<void> {
  const password = randomBytes(15).toString('base64url');
  const founded = await createCompany.run(
    {
      companyName: 'Hazri Demo Works',
      siteName: SITE,
      zone: 'Asia/Kolkata',
      locale: 'en',
      ownerName: 'Demo owner',
      email: OWNER_EMAIL,
      password,
    },
    { address: null, isDemo: true },
  );
  if (!founded.ok) throw new InvariantError('the demo company cannot be founded');
  const { tenantId, userId } = founded.value;
  firstSignIn.keep({ userId, email: OWNER_EMAIL, password });
  const imported = await importPeople.run({ tenantId, actor: SYSTEM_ACTOR }, PEOPLE);
  if (!imported.ok || imported.value.created === 0) throw new InvariantError('the demo people do not fit');
}
