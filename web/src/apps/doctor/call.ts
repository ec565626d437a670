import type { ConsultationRoom } from '../../shared/live';

/** The one call that this page is in. */
export interface Call {
  id: string;
  name: string;
  room: ConsultationRoom;
}
