// What other modules may use of the people module, and the ports that they provide for it.
export {
  DEVICE_DIRECTORY,
  PEOPLE_DIRECTORY,
  TEMPLATE_STORE,
  isEmployedOn,
  type DeviceDirectory,
  type Employee,
  type PeopleDirectory,
  type TemplateStore,
} from './employee.js';
export { EnrolmentTickets, type TicketError } from './enrolment-tickets.js';
export { ImportPeople } from './import-people.js';
export { VerifyPin, type PinError } from './verify-pin.js';
