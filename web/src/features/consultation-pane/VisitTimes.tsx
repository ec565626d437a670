import { useFormat } from '../../shared/i18n';
import { Timecode } from '../../shared/ui';
import { usePaneText } from './strings';
import { localMoment, secondsBetween, type VisitFacts } from './visit';
import classes from './VisitTimes.module.css';

export interface VisitTimesProps {
  facts: VisitFacts;
  hospitalZone: string | undefined;
  aheadMs: number;
}

/** The times of a visit; of one in progress the last one runs. */
export function VisitTimes({ facts, hospitalZone, aheadMs }: VisitTimesProps) {
  const text = usePaneText();
  const format = useFormat(hospitalZone);
  const { state, arrived_at: arrived, admitted_at: admitted, ended_at: ended } = facts;
  const over = state === 'finished' || state === 'cancelled';
  const time = (moment: string | null) =>
    moment === null ? (
      <span className={classes.none}>{text(over ? 'facts.never' : 'facts.none')}</span>
    ) : (
      format.time(moment)
    );
  const waited = secondsBetween(arrived, admitted);
  const length = secondsBetween(admitted, ended);

  return (
    <dl className={classes.root}>
      <dt>{text('facts.scheduled')}</dt>
      <dd>
        {format.time(facts.scheduled_start)}–{format.time(facts.scheduled_end)}
      </dd>
      <dt>{text('facts.arrived')}</dt>
      <dd>{time(arrived)}</dd>
      <dt>{text('facts.admitted')}</dt>
      <dd>
        {time(admitted)}
        {waited !== undefined && (
          <span className={classes.aside}>
            {text('facts.waited')} <Timecode seconds={waited} />
          </span>
        )}
      </dd>
      {over && (
        <>
          <dt>{text('facts.ended')}</dt>
          <dd>{time(ended)}</dd>
        </>
      )}
      {state === 'in-progress' && admitted !== null && (
        <>
          <dt>{text('facts.elapsed')}</dt>
          <dd>
            <Timecode since={localMoment(admitted, aheadMs)} />
          </dd>
        </>
      )}
      {length !== undefined && (
        <>
          <dt>{text('facts.length')}</dt>
          <dd>
            <Timecode seconds={length} />
          </dd>
        </>
      )}
    </dl>
  );
}
