import type { Visit } from '../../features/visits';

/** The hospital's doctors. */
export const doctorsPath = '/doctors';

/** A doctor's public page. */
export const doctorPath = (id: string): string => `${doctorsPath}/${id}`;

/** Where a held visit is paid. */
export const payPath = (bookingId: string): string => `/pay/${bookingId}`;

/** A visit's own page, through the whole journey and afterwards. */
export const visitPath = ({ id }: Pick<Visit, 'id'>): string => `/visit/${id}`;
