import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import {
  IconCalendarOff,
  IconCalendarPlus,
  IconChevronLeft,
  IconChevronRight,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { ConsultationPill, DenseTable, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { instantOf, shiftDay } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { ConfirmDialog, StateView } from '../../shared/ui';
import classes from './AppointmentDesk.module.css';
import { canCancel, dayKey, dayQuery, spanOf, type Appointment } from './day';
import { DayPlan } from './DayPlan';
import { NewAppointment } from './NewAppointment';
import { useDeskText } from './strings';

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export interface AppointmentDeskProps {
  /** Called when an appointment was made or called off. */
  onChanged?: () => void;
  /** Calls an appointment off with an offer to its patient; what there is beside cancelling it. */
  callOff?: (one: Appointment, onDone: () => Promise<void>) => ReactNode;
}

/** A day's appointments: who comes when to whom, making one, calling one off. The day is in the address. */
export function AppointmentDesk({ onChanged, callOff }: AppointmentDeskProps) {
  const text = useDeskText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const today = useToday();
  const [parameters, setParameters] = useSearchParams();
  const given = parameters.get('day');
  const day = isDay(given) ? given : today;
  const goTo = (next: string) => {
    if (isDay(next)) setParameters(next === today ? {} : { day: next });
  };

  const { data, error, refetch } = useQuery(dayQuery(day));
  const [making, setMaking] = useState(false);
  const [cancelling, setCancelling] = useState<Appointment>();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<{
    key: 'made' | 'cancelled' | 'calledOff';
    about: Appointment;
  }>();

  const refresh = async () => {
    onChanged?.();
    await client.invalidateQueries({ queryKey: dayKey(day) });
  };
  const when = (one: Appointment) => {
    const { fromMs, toMs } = spanOf(one);
    return `${time.minutes(fromMs)}–${time.minutes(toMs)}`;
  };
  const about = (one: Appointment) => ({
    patient: one.patient_name,
    doctor: one.practitioner_name,
    when: `${time.date(one.starts_at)} ${time.minutes(one.starts_at)}`,
  });

  const columns: Column<Appointment>[] = [
    { key: 'when', head: text('column.when'), cell: when },
    { key: 'patient', head: text('column.patient'), lead: true, cell: (one) => one.patient_name },
    {
      key: 'doctor',
      head: text('column.doctor'),
      cell: ({ practitioner_name: name, specialty }) => (
        <>
          {name} <span className={classes.quiet}>{specialty}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: (one) => <ConsultationPill state={one.consultation_state} />,
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (one) => (
        <>
          {callOff?.(one, async () => {
            setSaid({ key: 'calledOff', about: one });
            await refresh();
          })}
          {canCancel(one) && (
            <Button
              variant="subtle"
              color="bad"
              size="compact-md"
              aria-label={text('cancel.buttonOf', {
                patient: one.patient_name,
                when: time.minutes(one.starts_at),
              })}
              onClick={() => {
                setCancelling(one);
                setAsking(true);
              }}
            >
              {text('cancel.button')}
            </Button>
          )}
        </>
      ),
    },
  ];
  const rows = data?.appointments;

  return (
    <section className={classes.root} aria-label={text('title')}>
      <header className={classes.header}>
        <h2 className={classes.title}>
          {text('title')}{' '}
          <span className={classes.date}>{time.fullDate(instantOf(day, '12:00', time.zone))}</span>
        </h2>
        <div className={classes.days}>
          <Tooltip label={text('dayBefore')}>
            <ActionIcon aria-label={text('dayBefore')} onClick={() => goTo(shiftDay(day, -1))}>
              <IconChevronLeft size={20} />
            </ActionIcon>
          </Tooltip>
          <TextInput
            type="date"
            aria-label={text('day')}
            value={day}
            onChange={(event) => goTo(event.currentTarget.value)}
          />
          <Tooltip label={text('dayAfter')}>
            <ActionIcon aria-label={text('dayAfter')} onClick={() => goTo(shiftDay(day, 1))}>
              <IconChevronRight size={20} />
            </ActionIcon>
          </Tooltip>
          {day !== today && (
            <Button variant="default" onClick={() => goTo(today)}>
              {text('today')}
            </Button>
          )}
        </div>
        <Button
          leftSection={<IconCalendarPlus size={18} aria-hidden />}
          onClick={() => {
            setSaid(undefined);
            setMaking(true);
          }}
        >
          {text('new')}
        </Button>
      </header>
      <p className={classes.said} role="status">
        {said && text(said.key, about(said.about))}
      </p>
      {error && !rows ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconCalendarOff}
          title={text('empty.what')}
          detail={text('empty.next')}
        />
      ) : (
        <>
          {rows && <DayPlan day={day} appointments={rows} />}
          <DenseTable label={text('list')} columns={columns} rows={rows} rowKey={({ id }) => id} />
        </>
      )}
      {making && (
        <NewAppointment
          day={day}
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            setSaid({ key: 'made', about: made });
            onChanged?.();
            goTo(time.dayOf(made.starts_at));
          }}
        />
      )}
      <ConfirmDialog
        opened={asking}
        title={text('cancel.title')}
        confirmLabel={text('cancel.do')}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          if (!cancelling) return;
          await http.post(`/api/appointments/${cancelling.id}/cancel`);
          setSaid({ key: 'cancelled', about: cancelling });
          await refresh();
        }}
      >
        {cancelling && text('cancel.body', about(cancelling))}
      </ConfirmDialog>
    </section>
  );
}
