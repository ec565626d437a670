import type { Visit } from '../../features/visits';

/** A visit's own page, through the whole journey and afterwards. */
export const visitPath = ({ id }: Pick<Visit, 'id'>): string => `/visit/${id}`;
