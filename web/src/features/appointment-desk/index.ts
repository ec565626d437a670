export { AppointmentDesk } from './AppointmentDesk';
