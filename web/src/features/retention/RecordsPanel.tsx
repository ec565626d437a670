import { Button, NativeSelect, TextInput } from '@mantine/core';
import {
  IconCalendarDue,
  IconClockHour4,
  IconFileTime,
  IconHourglassHigh,
  IconLock,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { DenseTable, type Column } from '../../shared/console';
import { describeField, http } from '../../shared/http';
import { useHospitalTime, useToday } from '../../shared/session';
import { StateView, StatusPill, type Tone } from '../../shared/ui';
import { AskDialog } from './AskDialog';
import { HoldDialog } from './HoldDialog';
import classes from './RecordsPanel.module.css';
import { useRetentionText } from './strings';
import { recordsKey, type Hindrance, type KeptRecord, type KeptRecords } from './types';

const looks: Record<Hindrance | 'free', { icon: Icon; tone: Tone }> = {
  free: { icon: IconCalendarDue, tone: 'amber' },
  before_term: { icon: IconClockHour4, tone: 'neutral' },
  on_hold: { icon: IconLock, tone: 'bad' },
  requested: { icon: IconHourglassHigh, tone: 'brand' },
  open: { icon: IconClockHour4, tone: 'neutral' },
  nothing_kept: { icon: IconClockHour4, tone: 'neutral' },
  destroyed: { icon: IconTrash, tone: 'neutral' },
};

/** What is kept until when, the first due first, with holding it or asking for its destruction. */
export function RecordsPanel({ onSaid }: { onSaid: (said: string) => void }) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const today = useToday();
  const [part, setPart] = useState('');
  const [patient, setPatient] = useState('');
  const [dueOnly, setDueOnly] = useState(false);
  const [holding, setHolding] = useState<KeptRecord>();
  const [asking, setAsking] = useState<KeptRecord | 'due'>();
  const query = {
    ...(patient === '' ? {} : { patient }),
    ...(dueOnly ? { due_by: today } : {}),
  };
  const records = useQuery({
    queryKey: [...recordsKey, query],
    queryFn: ({ signal }) => http.get<KeptRecords>('/api/retention/records', { signal, query }),
    // Reading names patients: it is kept, so it happens when somebody asks for it.
    refetchOnWindowFocus: false,
  });
  const rows = records.data?.records;
  const terms = records.data?.terms;
  const filtered = patient !== '' || dueOnly;
  const nameOf = (row: KeptRecord) => ({
    name: row.patient_name,
    day: time.shortDate(row.ended_at ?? row.scheduled_start),
  });
  const find = (event: SyntheticEvent) => {
    event.preventDefault();
    setPatient(part.trim());
  };
  const showAll = () => {
    setPart('');
    setPatient('');
    setDueOnly(false);
  };
  const mistake = describeField(records.error, 'patient');

  const columns: Column<KeptRecord>[] = [
    {
      key: 'patient',
      head: text('column.patient'),
      lead: true,
      cell: (row) => (
        <>
          <span className={classes.name}>{row.patient_name}</span>{' '}
          <span className={classes.quiet}>{row.practitioner_name}</span>
        </>
      ),
    },
    {
      key: 'visit',
      head: text('column.visit'),
      cell: (row) => time.shortDate(row.ended_at ?? row.scheduled_start),
    },
    {
      key: 'until',
      head: text('column.until'),
      cell: (row) =>
        row.due_at === null
          ? text('noTerm')
          : text('until', { day: time.shortDate(row.due_at), rule: row.rule ?? '' }),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ hindrance }) => {
        const kind = hindrance ?? 'free';
        return (
          <StatusPill icon={looks[kind].icon} tone={looks[kind].tone}>
            {text(`standing.${kind}`)}
          </StatusPill>
        );
      },
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (row) => (
        <span className={classes.acts}>
          <Button
            variant="default"
            aria-label={text('hold.of', nameOf(row))}
            onClick={() => setHolding(row)}
          >
            {text('hold.button')}
          </Button>
          {row.hindrance === null && (
            <Button
              variant="default"
              aria-label={text('ask.of', nameOf(row))}
              onClick={() => setAsking(row)}
            >
              {text('ask.button')}
            </Button>
          )}
        </span>
      ),
    },
  ];

  return (
    <>
      {terms && (
        <p className={classes.quiet}>
          {text('terms', { visit: terms.visit_years, end: terms.end_years })}
        </p>
      )}
      <div className={classes.bar}>
        <form
          className={classes.filters}
          role="search"
          aria-label={text('find.label')}
          onSubmit={find}
        >
          <TextInput
            aria-label={text('find.patient')}
            placeholder={text('find.patient')}
            value={part}
            maxLength={120}
            onChange={(event) => setPart(event.currentTarget.value)}
            error={mistake}
          />
          <NativeSelect
            aria-label={text('find.which')}
            value={dueOnly ? 'due' : 'all'}
            onChange={(event) => setDueOnly(event.currentTarget.value === 'due')}
            data={[
              { value: 'all', label: text('find.all') },
              { value: 'due', label: text('find.due') },
            ]}
          />
          <Button type="submit" variant="default">
            {text('find.do')}
          </Button>
        </form>
        <Button
          color="bad"
          variant="outline"
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => setAsking('due')}
        >
          {text('ask.due')}
        </Button>
      </div>
      {records.isError && !rows && mistake === undefined ? (
        <StateView
          kind="error"
          error={records.error}
          safe={text('safe')}
          onRetry={() => void records.refetch()}
        />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconFileTime}
          title={text(filtered ? 'records.noMatch.what' : 'records.empty.what')}
          detail={text(filtered ? 'records.noMatch.next' : 'records.empty.next')}
          {...(filtered
            ? { action: { label: text('records.noMatch.clear'), onPress: showAll } }
            : {})}
        />
      ) : (
        mistake === undefined && (
          <DenseTable
            label={text('records.list')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.consultation_id}
            expected={6}
          />
        )
      )}
      {records.data?.more && <p className={classes.quiet}>{text('records.more')}</p>}
      {holding && (
        <HoldDialog record={holding} onSaid={onSaid} onClose={() => setHolding(undefined)} />
      )}
      {asking && terms && (
        <AskDialog
          about={asking}
          terms={terms}
          onSaid={onSaid}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
