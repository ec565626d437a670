import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { describeField, http } from '../../shared/http';
import { isReversed, type Filters } from './filters';
import classes from './SearchPage.module.css';
import { useSearchText } from './strings';

type Practitioners = components['schemas']['Practitioners'];

export interface SearchFormProps {
  /** The filters that the list shows now. */
  applied: Filters;
  busy: boolean;
  /** Why the last search was refused, which may name a field; undefined when it was not. */
  mistake: unknown;
  onFind: (filters: Filters) => void;
}

/** The filters as a form: nothing is asked of the archive before "Find" is pressed. */
export function SearchForm({ applied, busy, mistake, onFind }: SearchFormProps) {
  const text = useSearchText();
  const [filters, setFilters] = useState(applied);
  const [asked, setAsked] = useState(false);
  const doctors = useQuery({
    queryKey: ['practitioners'],
    queryFn: ({ signal }) => http.get<Practitioners>('/api/practitioners', { signal }),
    staleTime: 5 * 60_000,
  });
  const known = doctors.data?.practitioners ?? [];
  const reversed = isReversed(filters);

  const set = (name: keyof Filters) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFilters((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!reversed) onFind(filters);
  };

  return (
    <form
      className={classes.form}
      role="search"
      aria-label={text('filters')}
      onSubmit={submit}
      noValidate
    >
      <TextInput
        label={text('patient')}
        placeholder={text('patientHint')}
        maxLength={120}
        autoComplete="off"
        value={filters.patient}
        onChange={set('patient')}
        error={describeField(mistake, 'patient')}
      />
      <NativeSelect
        label={text('doctor')}
        value={filters.practitioner}
        onChange={set('practitioner')}
        error={doctors.isError && text('doctorsFailed')}
        data={[
          { value: '', label: text('everyDoctor') },
          ...known.map(({ id, name, title }) => ({
            value: id,
            label: title === '' ? name : `${name} · ${title}`,
          })),
        ]}
      />
      <TextInput
        type="date"
        label={text('from')}
        value={filters.from}
        onChange={set('from')}
        error={describeField(mistake, 'from')}
      />
      <TextInput
        type="date"
        label={text('to')}
        value={filters.to}
        onChange={set('to')}
        error={asked && reversed ? text('reversed') : describeField(mistake, 'to')}
      />
      <Button
        type="submit"
        loading={busy}
        leftSection={<IconSearch size={18} aria-hidden />}
        className={classes.find}
      >
        {text('find')}
      </Button>
    </form>
  );
}
