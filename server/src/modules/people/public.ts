// What other modules may use of the people module, and the ports that they provide for it.
export {
  DEVICE_DIRECTORY,
  PEOPLE_DIRECTORY,
  TEMPLATE_STORE,
  isEmployedOn,
  type Employee,
  type PeopleDirectory,
} from './employee.js';
export { EnrolmentTickets } from './enrolment-tickets.js';
export { LeavePerson } from './offboard.js';
export { ImportPeople } from './import-people.js';
export { VerifyPin } from './verify-pin.js';
