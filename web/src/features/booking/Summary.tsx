import type { ReactNode } from 'react';
import { useStanding } from '../../shared/practitioner';
import { useIsOther } from '../../shared/session';
import { Avatar } from '../../shared/ui';
import classes from './Booking.module.css';
import { useBookingText } from './strings';
import { useWhen, When } from './When';

export interface SummaryProps {
  name: string;
  title: string;
  specialty: string;
  startsAt: string;
  fee: { minor: number; currency: string } | undefined;
  /** Whose visit it is; said when it is not one's own. */
  patient?: string;
  children?: ReactNode;
}

/** With whom, when and for what fee, the same at each step. */
export function Summary({
  name,
  title,
  specialty,
  startsAt,
  fee,
  patient,
  children,
}: SummaryProps) {
  const text = useBookingText();
  const when = useWhen();
  const isOther = useIsOther(patient ?? '');
  const standing = useStanding();
  return (
    <section className={classes.card} data-testid="booking-summary">
      <When at={startsAt} />
      <div className={classes.doctor}>
        <Avatar name={name} size={48} />
        <div>
          <p className={classes.name}>{name}</p>
          <p className={classes.quiet}>{standing(title, specialty)}</p>
        </div>
      </div>
      {patient !== undefined && isOther && (
        <p className={classes.name}>{text('forWhom', { name: patient })}</p>
      )}
      {fee && (
        <p className={classes.fee}>
          <span className={classes.quiet}>{text('book.fee')}</span>
          <span>{fee.minor === 0 ? text('book.free') : when.money(fee.minor, fee.currency)}</span>
        </p>
      )}
      {children}
    </section>
  );
}
