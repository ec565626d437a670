import { Button, Radio, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { describeField, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './Keyword.module.css';
import { useKeywordText } from './strings';

type Patients = components['schemas']['FoundPatients'];

export interface PatientChoiceProps {
  /** The chosen patient's id, or empty. */
  value: string;
  onChange: (id: string) => void;
  /** Why there is no search without a choice. */
  error: string | undefined;
}

/** Chooses one patient by name: asked only on demand, as each answer leaves lines in the audit trail. */
export function PatientChoice({ value, onChange, error }: PatientChoiceProps) {
  const text = useKeywordText();
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  const found = useQuery({
    queryKey: ['archive', 'patients', name],
    queryFn: ({ signal }) =>
      http.get<Patients>('/api/archive/patients', { signal, query: { name } }),
    enabled: name !== '',
    staleTime: 5 * 60_000,
  });
  const field = describeField(found.error, 'name');
  const patients = found.data?.patients;

  const lookUp = () => {
    onChange('');
    setName(typed.trim());
  };

  return (
    <div className={classes.choice}>
      <div className={classes.lookUp}>
        <TextInput
          label={text('patientName')}
          value={typed}
          maxLength={100}
          autoComplete="off"
          error={field ?? error}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            lookUp();
          }}
        />
        <Button
          variant="default"
          className={classes.beside}
          loading={found.isFetching}
          leftSection={<IconSearch size={18} aria-hidden />}
          onClick={lookUp}
        >
          {text('lookUp')}
        </Button>
      </div>
      {found.isError && field === undefined && <InlineError error={found.error} />}
      {patients?.length === 0 && <p role="status">{text('noPatient')}</p>}
      {patients && patients.length > 0 && (
        <Radio.Group label={text('patients')} value={value} onChange={onChange}>
          <div className={classes.patients}>
            {patients.map((patient) => (
              <Radio
                key={patient.id}
                size="md"
                value={patient.id}
                label={`${patient.name} · ${text('born', { day: patient.birth_date })}`}
              />
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  );
}
