import { IconArrowLeft, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Presence } from '../../protocol/signaling';
import { ConsultationPill } from '../../shared/console';
import { useFormat } from '../../shared/i18n';
import { usePaneText } from './strings';
import type { VisitFacts } from './visit';
import classes from './VisitHeader.module.css';

export interface VisitHeaderProps {
  facts: VisitFacts;
  /** The patient's, as the room knows it; null while this page is not in the room. */
  presence: Presence | null;
  /** Where the list is, for a narrow page on which it is a page of its own. */
  backTo: string;
  hospitalZone: string | undefined;
  /** Where the patient is, beside the name. */
  place?: ReactNode;
  /** What may be done to the visit besides, at the end of the line. */
  action?: ReactNode;
}

/** Who the visit is with and where it stands; in a call, whether the patient is still there. */
export function VisitHeader({
  facts,
  presence,
  backTo,
  hospitalZone,
  place,
  action,
}: VisitHeaderProps) {
  const text = usePaneText();
  const format = useFormat(hospitalZone);
  const { patient_name: name, state } = facts;
  const gone = state === 'in-progress' && presence !== null && presence !== 'here';

  return (
    <header className={classes.root}>
      <Link to={backTo} className={classes.back} aria-label={text('head.back')}>
        <IconArrowLeft size={20} aria-hidden />
      </Link>
      <h2 className={classes.name}>{name}</h2>
      <ConsultationPill state={state} />
      <span className={classes.line} role="status">
        {gone ? (
          <span className={classes.gone}>
            {presence === 'away' ? (
              <IconPlugConnectedX size={16} aria-hidden />
            ) : (
              <IconRefresh size={16} aria-hidden />
            )}
            {text(`head.${presence}`, { name })}
          </span>
        ) : (
          text('head.booked', {
            from: format.time(facts.scheduled_start),
            to: format.time(facts.scheduled_end),
          })
        )}
      </span>
      {action}
      {place}
    </header>
  );
}
