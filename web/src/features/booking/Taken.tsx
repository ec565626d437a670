import { Link } from 'react-router';
import type { AlternativeSlot } from '../../shared/http';
import { useStanding } from '../../shared/practitioner';
import classes from './Booking.module.css';
import { useBookingText } from './strings';
import { useWhen } from './When';

export interface TakenProps {
  startsAt: string;
  doctor: { id: string; name: string };
  alternatives: readonly AlternativeSlot[];
  /** Where a time of a doctor is booked, and where all times of one are. */
  bookTo: (doctorId: string, startsAt: string) => string;
  doctorTo: (doctorId: string) => string;
}

/** Somebody else was quicker: what is free instead, each one press away. */
export function Taken({ startsAt, doctor, alternatives, bookTo, doctorTo }: TakenProps) {
  const text = useBookingText();
  const when = useWhen();
  const standing = useStanding();
  const [same, others] = [
    alternatives.filter(({ practitioner_id: id }) => id === doctor.id),
    alternatives.filter(({ practitioner_id: id }) => id !== doctor.id),
  ];
  const list = (slots: readonly AlternativeSlot[], label: string, named: boolean) =>
    slots.length > 0 && (
      <section>
        <h3 className={classes.quiet}>{label}</h3>
        <ul className={classes.choices}>
          {slots.map((one) => (
            <li key={`${one.practitioner_id}${one.starts_at}`}>
              <Link className={classes.choice} to={bookTo(one.practitioner_id, one.starts_at)}>
                <span>
                  {when.short(one.starts_at)}
                  {named && (
                    <>
                      <br />
                      <span className={classes.quiet}>
                        {one.practitioner_name} · {standing(one.practitioner_title)}
                      </span>
                    </>
                  )}
                </span>
                <span className={classes.quiet}>
                  {one.fee_minor === 0
                    ? text('book.free')
                    : when.money(one.fee_minor, one.currency)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <section className={classes.root} role="alert">
      <div>
        <h2 className={classes.heading}>{text('taken.title', { when: when.short(startsAt) })}</h2>
        <p className={classes.quiet}>
          {text(alternatives.length === 0 ? 'taken.none' : 'taken.lead')}
        </p>
      </div>
      {list(same, text('taken.same', { name: doctor.name }), false)}
      {list(others, text('taken.others'), true)}
      <Link className={classes.link} to={doctorTo(doctor.id)}>
        {text('taken.all', { name: doctor.name })}
      </Link>
    </section>
  );
}
