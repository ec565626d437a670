import { doctorsPath } from '../../shared/session';
import type { Booking } from '../../features/booking';
import type { Visit } from '../../features/visits';

export { doctorsPath };

/** A doctor's public page. */
export const doctorPath = (id: string): string => `${doctorsPath}/${id}`;

/** Where a held visit is paid. */
export const payPath = (bookingId: string): string => `/pay/${bookingId}`;

/** For whom one books and attends visits. */
export const familyPath = '/me/family';

/** A visit's own page, through the whole journey and afterwards. */
export const visitPath = ({ id }: Pick<Visit, 'id'>): string => `/visit/${id}`;

const withTime = (path: string, at: string | undefined): string =>
  at === undefined ? path : `${path}?${new URLSearchParams({ at }).toString()}`;

/** Where a booked visit is moved or cancelled, once a time is chosen with it. */
export const changePath = ({ id }: Pick<Visit, 'id'>, at?: string): string =>
  withTime(`/change/${id}`, at);

/** Where another time is chosen for a visit that the hospital called off. */
export const offerPath = (id: string, at?: string): string => withTime(`/offers/${id}`, at);

/** Where a time of a doctor is booked, for a family member where it is asked for one; null is who is signed in. */
export const bookPath = (
  doctorId: string,
  startsAt: string,
  patientId: string | null = null,
): string =>
  `/book/${doctorId}?${new URLSearchParams({ at: startsAt, ...(patientId === null ? {} : { for: patientId }) }).toString()}`;

/** Where a time is booked that the doctor asked a patient for; null is who is signed in. */
export const followUpPath = (
  doctorId: string,
  startsAt: string,
  patientId: string | null,
): string => `${bookPath(doctorId, startsAt, patientId)}&follow_up=1`;

/** One booking, from the hold on. */
export const bookingPath = (id: string): string => `/booking/${id}`;

/** Where a time that the waitlist keeps is booked: what has to be asked first is asked there. */
export const keptPath = ({ id }: Pick<Booking, 'id'>): string => bookingPath(id);

/** Where a hold is gone on with: a visit that costs something is paid. */
export const onwardPath = ({ id, state, fee_minor }: Booking): string =>
  state === 'held' && fee_minor ? payPath(id) : bookingPath(id);
