export { AppointmentDesk, type AppointmentDeskProps } from './AppointmentDesk';
