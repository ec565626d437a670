import { useStanding } from '../../shared/practitioner';
import { useIsOther } from '../../shared/session';
import { PlaceList, PlaceRow } from '../../shared/ui';
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
    <PlaceList label={label}>
      {visits.map((visit) => (
        <PlaceRow key={visit.id} to={to(visit)}>
          <Row visit={visit} now={now} withStage={withStage} />
        </PlaceRow>
      ))}
    </PlaceList>
  );
}

interface RowProps {
  visit: ListedVisit;
  now: number;
  withStage: boolean;
}

function Row({ visit, now, withStage }: RowProps) {
  const times = useVisitTimes();
  const text = useVisitsText();
  const isOther = useIsOther(visit.patient_name);
  const standing = useStanding();
  return (
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
    </>
  );
}
