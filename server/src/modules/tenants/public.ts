// What other modules may use of companies and sites. Every method runs inside the caller's unit of work.
export { CreateCompany } from './create-company.js';
export { COMPANY_DIRECTORY, type CompanyDirectory, type SiteView } from './company-directory.js';
