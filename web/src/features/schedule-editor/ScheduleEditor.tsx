import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../shared/http';
import { createZonedFormat, useLanguage } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { ConfirmDialog, StateView } from '../../shared/ui';
import { ExceptionForm } from './ExceptionForm';
import { draftOf, newHours, type HoursDraft } from './hours';
import { HoursForm } from './HoursForm';
import { LeavePanel } from './LeavePanel';
import { SlotOwner } from './SlotOwner';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import { weekdays, type Exception, type Schedule, type WeeklyHours } from './types';

export interface ScheduleEditorProps {
  doctorId: string;
}

/** A doctor's week, the days that are different, and leave, for the administration. */
export function ScheduleEditor({ doctorId }: ScheduleEditorProps) {
  const text = useScheduleEditorText();
  const [language] = useLanguage();
  const { zone } = useHospitalTime();
  const today = useToday();
  const client = useQueryClient();
  const queryKey = ['schedule', doctorId];
  const address = `/api/doctor-profiles/${doctorId}`;
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Schedule>(`${address}/schedule`, { signal }),
  });
  const [editing, setEditing] = useState<{ start: HoursDraft; address: string }>();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string>();
  const changed = () => client.invalidateQueries({ queryKey });
  // A calendar day has no zone: it is shown as the day that it is.
  const format = createZonedFormat({ language, zone: 'UTC' });
  const dayText = (day: string) => format.date(`${day}T00:00:00Z`);

  if (!data) {
    return error ? (
      <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
    ) : (
      <StateView kind="loading" shape="list" />
    );
  }
  const hoursText = ({ begins, ends }: { begins: string; ends: string }) =>
    text('hours', { begins, ends });
  const about = (hours: WeeklyHours) =>
    [
      text('minutes', { count: hours.slot_minutes }),
      hours.capacity > 1 && text('places', { count: hours.capacity }),
      hours.valid_from > today && text('from', { day: dayText(hours.valid_from) }),
      hours.valid_to !== null && text('until', { day: dayText(hours.valid_to) }),
      hours.time_zone !== zone && hours.time_zone,
    ]
      .filter(Boolean)
      .join(' · ');
  const aboutDay = (one: Exception) =>
    one.kind === 'extra'
      ? `${text('exceptions.extra')} · ${text('minutes', { count: one.slot_minutes })}`
      : one.capacity === 0
        ? text('exceptions.closed')
        : text('exceptions.other', { count: one.capacity });

  return (
    <>
      <section className={classes.card} aria-labelledby="week">
        <h2 id="week" className={classes.heading}>
          {text('title')}
        </h2>
        <p className={classes.quiet}>{text('zone', { zone })}</p>
        <ol className={classes.week}>
          {weekdays.map((weekday) => {
            const day = text(`weekday.${weekday}`);
            const own = data.hours.filter((one) => one.weekday === weekday);
            return (
              <li key={weekday} className={classes.weekday}>
                <h3 className={classes.day}>{day}</h3>
                <ul className={classes.rows}>
                  {own.map((one) => (
                    <li key={one.id} className={classes.row}>
                      <span className={classes.words}>
                        <span className={classes.strong}>{hoursText(one)}</span>
                        <span className={classes.quiet}>{about(one)}</span>
                      </span>
                      <span className={classes.buttons}>
                        <Button
                          variant="subtle"
                          size="compact-md"
                          aria-label={text('changeOf', { day, hours: hoursText(one) })}
                          onClick={() =>
                            setEditing({
                              start: draftOf(one),
                              address: `/api/weekly-hours/${one.id}`,
                            })
                          }
                        >
                          {text('change')}
                        </Button>
                        <Button
                          variant="subtle"
                          color="bad"
                          size="compact-md"
                          aria-label={text('removeOf', { day, hours: hoursText(one) })}
                          onClick={() => setRemoving(`/api/weekly-hours/${one.id}`)}
                        >
                          {text('remove')}
                        </Button>
                      </span>
                    </li>
                  ))}
                  {own.length === 0 && <li className={classes.quiet}>{text('none')}</li>}
                </ul>
                <Button
                  variant="default"
                  size="compact-md"
                  leftSection={<IconPlus size={16} aria-hidden />}
                  aria-label={text('addTo', { day })}
                  onClick={() =>
                    setEditing({ start: newHours(weekday, today), address: `${address}/hours` })
                  }
                >
                  {text('add')}
                </Button>
              </li>
            );
          })}
        </ol>
      </section>
      <section className={classes.card} aria-labelledby="slot-owner">
        <h2 id="slot-owner" className={classes.heading}>
          {text('owner.title')}
        </h2>
        <p className={classes.quiet}>{text('owner.lead')}</p>
        <SlotOwner
          owned={data.slots}
          connected={data.his_connected}
          address={`${address}/slot-ownership`}
          onChanged={changed}
        />
      </section>
      <section className={classes.card} aria-labelledby="other-days">
        <h2 id="other-days" className={classes.heading}>
          {text('exceptions.title')}
        </h2>
        <p className={classes.quiet}>{text('exceptions.lead')}</p>
        {data.exceptions.length === 0 ? (
          <p className={classes.quiet}>{text('exceptions.none')}</p>
        ) : (
          <ul className={classes.rows}>
            {data.exceptions.map((one) => {
              const day = dayText(one.day);
              return (
                <li key={one.id} className={classes.row}>
                  <span className={classes.words}>
                    <span className={classes.strong}>
                      {day} · {hoursText(one)}
                    </span>
                    <span className={classes.quiet}>{aboutDay(one)}</span>
                  </span>
                  <Button
                    variant="subtle"
                    color="bad"
                    size="compact-md"
                    aria-label={text('removeOf', { day, hours: hoursText(one) })}
                    onClick={() => setRemoving(`/api/schedule-exceptions/${one.id}`)}
                  >
                    {text('remove')}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
        <div>
          <Button variant="light" onClick={() => setAdding(true)}>
            {text('exceptions.add')}
          </Button>
        </div>
      </section>
      <section className={classes.card} aria-labelledby="leave">
        <h2 id="leave" className={classes.heading}>
          {text('leave.title')}
        </h2>
        <p className={classes.quiet}>{text('leave.lead')}</p>
        <LeavePanel
          leaves={data.leaves}
          address={`${address}/leave`}
          countAddress={`${address}/leave-visits`}
          addressOf={(id) => `/api/doctor-leave/${id}`}
          onChanged={changed}
        />
      </section>
      {editing && (
        <HoursForm
          {...editing}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            void changed();
          }}
        />
      )}
      {adding && (
        <ExceptionForm
          today={today}
          address={`${address}/exceptions`}
          countAddress={`${address}/exception-visits`}
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            void changed();
          }}
        />
      )}
      <ConfirmDialog
        opened={removing !== undefined}
        title={text('removing.title')}
        confirmLabel={text('removing.do')}
        onClose={() => setRemoving(undefined)}
        onConfirm={async () => {
          if (removing === undefined) return;
          await http.delete(removing);
          await changed();
        }}
      >
        {text('removing.body')}
      </ConfirmDialog>
    </>
  );
}
