import { Button, Group, Modal, NativeSelect, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { describeField, hasCode, http } from '../../shared/http';
import { createZonedFormat, instantOf, useLanguage } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { dayKey, dayQuery, overlapping, spanOf, type Appointment, type Span } from './day';
import classes from './NewAppointment.module.css';
import { useDeskText } from './strings';

type Patients = components['schemas']['Patients'];
type Practitioners = components['schemas']['Practitioners'];
type Draft = components['schemas']['NewAppointment'];

/** Nobody chooses among what half a name finds: the rest of it is waited for. */
const typedMs = 250;

const lengths = [10, 15, 20, 30, 45, 60];

type Field = 'patient' | 'doctor' | 'day' | 'time' | 'length';

/** Under which of the API's names the mistakes of a field come back. */
const sentAs: Record<Field, string> = {
  patient: 'patient_id',
  doctor: 'practitioner_id',
  day: 'starts_at',
  time: 'starts_at',
  length: 'ends_at',
};

export interface NewAppointmentProps {
  /** The day that is on the page, proposed for the appointment. */
  day: string;
  onMade: (made: Appointment) => void;
  onClose: () => void;
}

/** The form of an appointment. Every mistake is said at once, beside its field. */
export function NewAppointment({ day, onMade, onClose }: NewAppointmentProps) {
  const text = useDeskText();
  return (
    <Modal
      opened
      onClose={onClose}
      size={540}
      title={text('form.title')}
      closeButtonProps={{ 'aria-label': text('form.close') }}
    >
      <AppointmentForm day={day} onMade={onMade} onClose={onClose} />
    </Modal>
  );
}

function AppointmentForm({ day, onMade, onClose }: NewAppointmentProps) {
  const text = useDeskText();
  const time = useHospitalTime();
  const [language] = useLanguage();
  const client = useQueryClient();
  const [values, setValues] = useState<Record<Field, string>>({
    patient: '',
    doctor: '',
    day,
    time: '',
    length: '15',
  });
  const [asked, setAsked] = useState(false);
  // A mistake that the server named is said until its field is changed.
  const [changed, setChanged] = useState<ReadonlySet<Field>>(new Set());

  // The label of who was chosen stays in the field: no name holds its separator, and so it finds nobody.
  const [typedName, setTypedName] = useState('');
  const [askedName] = useDebouncedValue(typedName.split(' · ')[0]?.trim() ?? '', typedMs);
  const patients = useQuery({
    queryKey: ['patients', askedName],
    queryFn: ({ signal }) =>
      http.get<Patients>('/api/patients', { signal, query: { name: askedName || undefined } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const practitioners = useQuery({
    queryKey: ['practitioners'],
    queryFn: ({ signal }) => http.get<Practitioners>('/api/practitioners', { signal }),
    staleTime: 5 * 60_000,
  });
  const make = useMutation({
    mutationFn: (draft: Draft) => http.post<Appointment>('/api/appointments', draft),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: dayKey(time.dayOf(made.starts_at)) });
      onMade(made);
    },
    onError: (error) => {
      if (hasCode(error, 'appointment.overlap')) {
        void client.invalidateQueries({ queryKey: dayKey(values.day) });
      }
    },
  });

  const span = spanIn(values, time.zone);
  const set = (field: Field, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    setChanged((before) => new Set(before).add(field));
  };
  const errorOf = (field: Field) => {
    if (field !== 'length' && asked && values[field] === '') return text(`form.missing.${field}`);
    // The day and the time are one thing to the server: the mistake is said beside the time.
    if (field === 'day' || changed.has(field)) return undefined;
    if (field === 'time' && changed.has('day')) return undefined;
    return describeField(make.error, sentAs[field]);
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    setChanged(new Set());
    if (values.patient === '' || values.doctor === '' || !span) return;
    make.mutate({
      patient_id: values.patient,
      practitioner_id: values.doctor,
      starts_at: new Date(span.fromMs).toISOString(),
      ends_at: new Date(span.toMs).toISOString(),
    });
  };

  const known = practitioners.data?.practitioners ?? [];
  const listsError = patients.error ?? practitioners.error;
  // A birth date is a calendar day, the same in every zone.
  const calendar = createZonedFormat({ language, zone: 'UTC' });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {listsError && <InlineError error={listsError} />}
        <Select
          label={text('form.patient')}
          placeholder={text('form.patientHint')}
          nothingFoundMessage={text('form.patientNone')}
          searchable
          limit={50}
          onSearchChange={setTypedName}
          data-autofocus
          data={(patients.data?.patients ?? []).map(({ id, name, birth_date }) => ({
            value: id,
            label: `${name} · ${calendar.date(birth_date)}`,
          }))}
          value={values.patient || null}
          onChange={(value) => set('patient', value ?? '')}
          error={errorOf('patient')}
        />
        <Select
          label={text('form.doctor')}
          placeholder={text('form.doctorHint')}
          nothingFoundMessage={text('form.doctorNone')}
          searchable
          limit={50}
          data={known.map(({ id, name, title, specialty }) => ({
            value: id,
            label: [name, title, specialty].filter(Boolean).join(' · '),
          }))}
          value={values.doctor || null}
          onChange={(value) => set('doctor', value ?? '')}
          error={errorOf('doctor')}
        />
        <div className={classes.when}>
          <TextInput
            type="date"
            label={text('form.day')}
            value={values.day}
            onChange={(event) => set('day', event.currentTarget.value)}
            error={errorOf('day')}
          />
          <TextInput
            type="time"
            label={text('form.time')}
            value={values.time}
            onChange={(event) => set('time', event.currentTarget.value)}
            error={errorOf('time')}
          />
          <NativeSelect
            label={text('form.length')}
            value={values.length}
            onChange={(event) => set('length', event.currentTarget.value)}
            data={lengths.map((count) => ({
              value: String(count),
              label: text('form.minutes', { count }),
            }))}
            error={errorOf('length')}
          />
        </div>
        <p className={classes.ends}>
          {text('form.ends', {
            when: span ? time.minutes(span.toMs) : '–',
            zone: time.zoneShort(span?.fromMs ?? `${day}T12:00:00Z`),
          })}
        </p>
        {hasCode(make.error, 'appointment.overlap') && make.variables ? (
          <Overlap
            draft={make.variables}
            day={values.day}
            doctor={known.find(({ id }) => id === make.variables.practitioner_id)?.name ?? ''}
          />
        ) : (
          make.isError && <InlineError error={make.error} />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('form.close')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {text('form.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The time that the form says, when it says one. */
function spanIn(values: Record<Field, string>, zone: string): Span | undefined {
  if (values.day === '' || values.time === '') return undefined;
  const fromMs = instantOf(values.day, values.time.slice(0, 5), zone).getTime();
  return { fromMs, toMs: fromMs + Number(values.length) * 60_000 };
}

/** Why the time was refused: with whom the doctor has an appointment then. */
function Overlap({ draft, day, doctor }: { draft: Draft; day: string; doctor: string }) {
  const text = useDeskText();
  const time = useHospitalTime();
  const { data } = useQuery({ ...dayQuery(day), enabled: day !== '' });
  const taken = overlapping(data?.appointments ?? [], draft.practitioner_id, {
    fromMs: Date.parse(draft.starts_at),
    toMs: Date.parse(draft.ends_at),
  });
  return (
    <div className={classes.overlap} role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className={classes.what}>{text('form.overlap.what', { doctor })}</p>
        {taken.map((one) => {
          const { fromMs, toMs } = spanOf(one);
          return (
            <p key={one.id}>
              {text('form.overlap.with', {
                when: `${time.minutes(fromMs)}–${time.minutes(toMs)}`,
                patient: one.patient_name,
              })}
            </p>
          );
        })}
        <p>{text('form.overlap.next')}</p>
      </div>
    </div>
  );
}
