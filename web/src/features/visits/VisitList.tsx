import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useStanding } from '../../shared/practitioner';
import { useIsOther } from '../../shared/session';
import { useVisitsText } from './strings';
import { useVisitTimes } from './times';
import { stageOf, type ListedVisit } from './visit';
import classes from './VisitList.module.css';
import { VisitPill } from './VisitPill';

export interface VisitListProps {
  visits: readonly ListedVisit[];
  now: number;
  /** Where a visit's own page is; undefined when there is nothing to read. */
  to: (visit: ListedVisit) => string | undefined;
  /** Names the list for who cannot see the heading above it. */
  label: string;
  /** Leaves out the state where it goes without saying, as for visits to come. */
  withStage?: boolean;
}

/** Visits as rows, each a way to its page. */
export function VisitList({ visits, now, to, label, withStage = false }: VisitListProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {visits.map((visit) => (
        <li key={visit.id}>
          <Row visit={visit} now={now} to={to(visit)} withStage={withStage} />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  visit: ListedVisit;
  now: number;
  to: string | undefined;
  withStage: boolean;
}

function Row({ visit, now, to, withStage }: RowProps) {
  const times = useVisitTimes();
  const text = useVisitsText();
  const isOther = useIsOther(visit.patient_name);
  const standing = useStanding();
  const row = (
    <>
      <span className={classes.when}>
        <span className={classes.day}>{times.day(visit.starts_at, now)}</span>
        <span className={classes.time}>{times.time(visit.starts_at)}</span>
      </span>
      <span className={classes.who}>
        <span className={classes.name}>{visit.practitioner_name}</span>
        <span className={classes.title}>{standing(visit.practitioner_title, visit.specialty)}</span>
        {isOther && (
          <span className={classes.title}>{text('forWhom', { name: visit.patient_name })}</span>
        )}
        {withStage && <VisitPill stage={stageOf(visit, now)} />}
      </span>
      {to !== undefined && <IconChevronRight className={classes.go} size={20} aria-hidden />}
    </>
  );
  if (to === undefined) return <div className={classes.row}>{row}</div>;
  return (
    <Link to={to} className={classes.row}>
      {row}
    </Link>
  );
}
