import { Button, Radio, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { ApiError, http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { ConfirmDialog, StateView } from '../../shared/ui';
import classes from './Changes.module.css';
import { useChangesText } from './strings';

type Appointment = components['schemas']['AppointmentView'];
type Visit = Pick<
  Appointment,
  'id' | 'patient_name' | 'starts_at' | 'state' | 'consultation_state'
>;

const reasons = ['doctor-unavailable', 'technical'] as const;
const ownKey = ['own-visits'] as const;
const daysShown = 28;

/** Calls a booked visit off, after asking why; nothing where that cannot happen. */
export function CallOff({ visit, onDone }: { visit: Visit; onDone: () => Promise<void> | void }) {
  const text = useChangesText();
  const time = useHospitalTime();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<(typeof reasons)[number]>();
  const [tried, setTried] = useState(false);
  if (visit.state !== 'booked' || visit.consultation_state !== 'planned') return null;
  const patient = visit.patient_name;
  return (
    <>
      <Button
        variant="subtle"
        color="bad"
        size="compact-md"
        aria-label={text('callOff.buttonOf', { patient, when: time.minutes(visit.starts_at) })}
        onClick={() => setAsking(true)}
      >
        {text('callOff.button')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={text('callOff.title')}
        confirmLabel={text('callOff.do')}
        onConfirm={async () => {
          setTried(true);
          if (why === undefined) throw new ApiError({ status: 422, code: 'input.invalid' });
          await http.post(`/api/appointments/${visit.id}/call-off`, { why });
          await onDone();
        }}
        onClose={() => setAsking(false)}
      >
        <Stack gap="md">
          <p>
            {text('callOff.body', {
              patient,
              when: `${time.date(visit.starts_at)} ${time.minutes(visit.starts_at)}`,
            })}
          </p>
          <Radio.Group
            label={text('callOff.why')}
            value={why ?? ''}
            error={tried && why === undefined ? text('callOff.choose') : undefined}
            onChange={(value) => setWhy(reasons.find((one) => one === value))}
          >
            <Stack gap="xs" mt="xs">
              {reasons.map((one) => (
                <Radio key={one} value={one} label={text(`callOff.reason.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      </ConfirmDialog>
    </>
  );
}

/** The doctor's booked visits that are to come, each of which can be called off. */
export function OwnVisits() {
  const text = useChangesText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const today = useToday();
  const [said, setSaid] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ownKey,
    queryFn: async ({ signal }) => {
      const query = { from: today, to: shiftDay(today, daysShown) };
      return (
        await http.get<{ appointments: Appointment[] }>('/api/appointments', { query, signal })
      ).appointments;
    },
    staleTime: 0,
  });
  if (!data) {
    return error ? (
      <StateView
        kind="error"
        error={error}
        safe={text('own.safe')}
        onRetry={() => void refetch()}
      />
    ) : (
      <StateView kind="loading" shape="form" />
    );
  }
  const ahead = data.filter(
    ({ state, consultation_state: now }) => state === 'booked' && now === 'planned',
  );
  return (
    <Stack gap="md">
      <p className={classes.quiet}>{text('own.lead')}</p>
      {ahead.length === 0 ? (
        <p>{text('own.none')}</p>
      ) : (
        <ul className={classes.rows}>
          {ahead.map((visit) => (
            <li key={visit.id} className={classes.row}>
              <span>
                <span className={classes.strong}>
                  {time.date(visit.starts_at)} {time.minutes(visit.starts_at)}
                </span>{' '}
                {visit.patient_name}
              </span>
              <CallOff
                visit={visit}
                onDone={async () => {
                  setSaid(text('callOff.done', { patient: visit.patient_name }));
                  await client.invalidateQueries({ queryKey: ownKey });
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={classes.said}>
        {said}
      </p>
    </Stack>
  );
}
