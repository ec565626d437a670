/** The appointments of one day, and how they lie in it. */
import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type Appointment = components['schemas']['AppointmentView'];
type Appointments = components['schemas']['Appointments'];

export const dayKey = (day: string) => ['appointments', 'day', day] as const;

/** Every reading leaves a line for each patient, so a day is read when it is opened and when it changed. */
export const dayQuery = (day: string) =>
  queryOptions({
    queryKey: dayKey(day),
    queryFn: ({ signal }) =>
      http.get<Appointments>('/api/appointments', { signal, query: { from: day, to: day } }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

export interface Span {
  fromMs: number;
  toMs: number;
}

export const spanOf = ({ starts_at, ends_at }: Appointment): Span => ({
  fromMs: Date.parse(starts_at),
  toMs: Date.parse(ends_at),
});

/** The doctor's appointments that leave no room for a new one; one may begin when another ends. */
export function overlapping(
  appointments: readonly Appointment[],
  practitionerId: string,
  { fromMs, toMs }: Span,
): Appointment[] {
  return appointments.filter((one) => {
    const span = spanOf(one);
    return (
      one.practitioner_id === practitionerId &&
      one.state !== 'cancelled' &&
      span.fromMs < toMs &&
      fromMs < span.toMs
    );
  });
}

/** Whether the visit can still be called off: it has not begun. */
export function canCancel({ state, consultation_state }: Appointment): boolean {
  return (
    state === 'booked' && (consultation_state === 'planned' || consultation_state === 'arrived')
  );
}

const hourMs = 3_600_000;

/** The hours to draw: office hours, and more when appointments lie outside. Whole hours from `midnightMs`. */
export function hoursOf(appointments: readonly Appointment[], midnightMs: number) {
  const spans = appointments.map(spanOf);
  const first = Math.min(
    8,
    ...spans.map((span) => Math.floor((span.fromMs - midnightMs) / hourMs)),
  );
  const last = Math.max(18, ...spans.map((span) => Math.ceil((span.toMs - midnightMs) / hourMs)));
  return { first: Math.max(0, first), last: Math.min(25, last) };
}

/** One line of the plan for each doctor who has something to do, in the order of their names. */
export function byDoctor(appointments: readonly Appointment[]) {
  const lines = new Map<string, { id: string; name: string; appointments: Appointment[] }>();
  for (const one of appointments) {
    const { practitioner_id: id, practitioner_name: name } = one;
    const line = lines.get(id) ?? { id, name, appointments: [] };
    line.appointments.push(one);
    lines.set(id, line);
  }
  return [...lines.values()].sort((one, other) => one.name.localeCompare(other.name));
}
