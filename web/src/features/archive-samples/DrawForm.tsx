import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDice3 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { describeField, http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';
import { useToday } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { drawSample, listKey, type Sample } from './samples';
import classes from './Samples.module.css';
import { useSamplesText } from './strings';

type Practitioners = components['schemas']['Practitioners'];

const fields = ['size', 'from', 'to', 'seed'] as const;

/** A new sample: how many, of which days, of whom, and by which seed. */
export function DrawForm({ onDrawn }: { onDrawn: (sample: Sample) => void }) {
  const text = useSamplesText();
  const client = useQueryClient();
  const today = useToday();
  const [size, setSize] = useState('20');
  const [from, setFrom] = useState(() => shiftDay(today, -30));
  const [to, setTo] = useState(() => shiftDay(today, -1));
  const [doctor, setDoctor] = useState('');
  const [specialty, setSpecialty] = useState('');
  const [seed, setSeed] = useState('');
  const doctors = useQuery({
    queryKey: ['practitioners'],
    queryFn: ({ signal }) => http.get<Practitioners>('/api/practitioners', { signal }),
    staleTime: 5 * 60_000,
  });
  const known = doctors.data?.practitioners ?? [];
  const specialties = [...new Set(known.map((one) => one.specialty).filter(Boolean))].sort();

  const draw = useMutation({
    mutationFn: () =>
      drawSample({
        // What is no number is sent as none, which the server names beside the field.
        size: /^\d{1,6}$/.test(size.trim()) ? Number(size) : 0,
        from,
        to,
        practitioner_id: doctor || null,
        specialty: specialty || null,
        seed: seed.trim() || null,
      }),
    onSuccess: (sample) => {
      void client.invalidateQueries({ queryKey: listKey, exact: true });
      onDrawn(sample);
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    draw.mutate();
  };
  const mistake = (field: (typeof fields)[number]) => describeField(draw.error, field);
  const marked = fields.some((field) => mistake(field) !== undefined);

  return (
    <form className={classes.form} aria-label={text('form')} onSubmit={submit} noValidate>
      <div className={classes.fields}>
        <TextInput
          label={text('size')}
          inputMode="numeric"
          value={size}
          onChange={(event) => setSize(event.currentTarget.value)}
          error={mistake('size')}
        />
        <TextInput
          type="date"
          label={text('from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={mistake('from')}
        />
        <TextInput
          type="date"
          label={text('to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={mistake('to')}
        />
        <NativeSelect
          label={text('doctor')}
          value={doctor}
          onChange={(event) => setDoctor(event.currentTarget.value)}
          error={doctors.isError && text('doctorsFailed')}
          data={[
            { value: '', label: text('everyDoctor') },
            ...known.map(({ id, name, title }) => ({
              value: id,
              label: title === '' ? name : `${name} · ${title}`,
            })),
          ]}
        />
        <NativeSelect
          label={text('specialty')}
          value={specialty}
          onChange={(event) => setSpecialty(event.currentTarget.value)}
          data={[
            { value: '', label: text('everySpecialty') },
            ...specialties.map((name) => ({ value: name, label: name })),
          ]}
        />
        <TextInput
          label={text('seed')}
          placeholder={text('seedHint')}
          maxLength={64}
          autoComplete="off"
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
          error={mistake('seed')}
        />
      </div>
      <Button
        type="submit"
        loading={draw.isPending}
        leftSection={<IconDice3 size={18} aria-hidden />}
        className={classes.submit}
      >
        {text('draw')}
      </Button>
      {draw.isError && !marked && <InlineError error={draw.error} />}
    </form>
  );
}
