import { useEffect, useState } from 'react';
import { instantOf } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { byDoctor, hoursOf, spanOf, type Appointment } from './day';
import classes from './DayPlan.module.css';
import { useDeskText } from './strings';

const hourMs = 3_600_000;

export interface DayPlanProps {
  day: string;
  appointments: readonly Appointment[];
}

/** The day along the clock, a line for each doctor. A picture: the table below says the same in words. */
export function DayPlan({ day, appointments }: DayPlanProps) {
  const text = useDeskText();
  const time = useHospitalTime();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);

  const midnightMs = instantOf(day, '00:00', time.zone).getTime();
  const shown = appointments.filter(({ state }) => state !== 'cancelled');
  const { first, last } = hoursOf(shown, midnightMs);
  const startMs = midnightMs + first * hourMs;
  const lengthMs = (last - first) * hourMs;
  const at = (ms: number) => `${((ms - startMs) / lengthMs) * 100}%`;
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);

  return (
    <figure className={classes.root} aria-label={text('plan.label')}>
      <div className={classes.hours} aria-hidden>
        {hours.map((hour) => (
          <span
            key={hour}
            data-minor={(hour - first) % 2 === 1}
            style={{ left: at(midnightMs + hour * hourMs) }}
          >
            {time.minutes(midnightMs + hour * hourMs)}
          </span>
        ))}
      </div>
      {byDoctor(shown).map((doctor) => (
        <div key={doctor.id} className={classes.line} aria-hidden>
          <span className={classes.name}>{doctor.name}</span>
          <div className={classes.track}>
            {hours.map((hour) => (
              <i key={hour} style={{ left: at(midnightMs + hour * hourMs) }} />
            ))}
            {doctor.appointments.map((one) => {
              const { fromMs, toMs } = spanOf(one);
              return (
                <span
                  key={one.id}
                  className={classes.block}
                  data-state={one.consultation_state}
                  style={{ left: at(fromMs), width: `${((toMs - fromMs) / lengthMs) * 100}%` }}
                  title={`${time.minutes(fromMs)} ${one.patient_name}`}
                />
              );
            })}
            {now > startMs && now < startMs + lengthMs && (
              <span className={classes.now} style={{ left: at(now) }} title={text('plan.now')} />
            )}
          </div>
        </div>
      ))}
    </figure>
  );
}
