import { Button, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../shared/console';
import { describeField } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { StateView } from '../../shared/ui';
import classes from './Completeness.module.css';
import { FigureRow } from './FigureRow';
import {
  heldLists,
  isUsual,
  lackLists,
  numberOf,
  readDays,
  readFigures,
  type Completeness,
  type Days,
  type List,
} from './figures';
import { LogPanel } from './LogPanel';
import { useCompletenessText } from './strings';

export interface CompletenessPageProps {
  /** The address of the visits behind a figure, without days. */
  listPath: (list: string) => string;
}

/** Whether the archive is complete: what it holds, what is missing, and how the log stands. */
export function CompletenessPage({ listPath }: CompletenessPageProps) {
  const text = useCompletenessText();
  const time = useHospitalTime();
  const today = useToday();
  const [parameters, setParameters] = useSearchParams();
  const days = readDays(parameters, today);
  const read = useQuery({
    queryKey: ['archive', 'completeness', days],
    queryFn: ({ signal }) => readFigures(days, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const figures = read.data;

  return (
    <Page title={text('title')} lead={text('lead')}>
      <DaysForm
        key={`${days.from} ${days.to}`}
        applied={days}
        busy={read.isFetching}
        mistake={read.error}
        onCount={(next) => {
          if (next.from === days.from && next.to === days.to) void read.refetch();
          else setParameters({ ...next });
        }}
      />
      {figures ? (
        <>
          <p className={classes.counted} role="status">
            {text('counted', {
              when: `${time.shortDate(figures.counted_at)} ${time.seconds(figures.counted_at)}`,
              took: figures.took_ms,
            })}
          </p>
          <Figures figures={figures} listPath={listPath} days={days} />
          <LogPanel figures={figures} />
        </>
      ) : read.isError ? (
        <StateView
          kind="error"
          error={read.error}
          safe={text('safe')}
          onRetry={() => void read.refetch()}
        />
      ) : (
        <StateView kind="loading" shape="list" />
      )}
    </Page>
  );
}

interface FiguresProps extends CompletenessPageProps {
  figures: Completeness;
  days: Days;
}

function Figures({ figures, listPath, days }: FiguresProps) {
  const text = useCompletenessText();
  const time = useHospitalTime();
  const { number } = useFormat();
  const { range } = figures;
  const to = (list: List) => `${listPath(list)}?from=${days.from}&to=${days.to}`;
  const since = range.unsealed_since;
  const means = (list: List) => {
    if (list === 'conversations') {
      return text('means.conversations', {
        entries: number(range.entries),
        planned: number(range.consultations),
      });
    }
    if (list === 'unsealed' && since !== null) {
      const when = `${time.shortDate(since)} ${time.seconds(since)}`;
      return `${text('means.unsealed')} ${text('means.unsealedSince', { when })}`;
    }
    return text(`means.${list}`);
  };
  const row = (list: List, good?: boolean) => (
    <FigureRow
      key={list}
      label={text(`figure.${list}`)}
      value={numberOf(range, list)}
      means={means(list)}
      to={to(list)}
      good={good}
    />
  );
  return (
    <>
      <section className={classes.group} aria-labelledby="completeness-lacking">
        <h2 id="completeness-lacking" className={classes.heading}>
          {text('lacking')}
        </h2>
        <ul className={classes.figures}>
          {lackLists.map((list) => {
            const none = numberOf(range, list) === 0;
            return row(list, isUsual(list) && !none ? undefined : none);
          })}
        </ul>
      </section>
      <section className={classes.group} aria-labelledby="completeness-held">
        <h2 id="completeness-held" className={classes.heading}>
          {text('held')}
        </h2>
        <ul className={classes.figures}>{heldLists.map((list) => row(list))}</ul>
      </section>
    </>
  );
}

interface DaysFormProps {
  applied: Days;
  busy: boolean;
  mistake: unknown;
  onCount: (days: Days) => void;
}

function DaysForm({ applied, busy, mistake, onCount }: DaysFormProps) {
  const text = useCompletenessText();
  const [days, setDays] = useState(applied);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onCount(days);
  };
  return (
    <form className={classes.form} aria-label={text('form')} onSubmit={submit} noValidate>
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={text(name)}
          value={days[name]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setDays((before) => ({ ...before, [name]: value }));
          }}
          error={describeField(mistake, name)}
        />
      ))}
      <Button
        type="submit"
        loading={busy}
        leftSection={<IconRefresh size={18} aria-hidden />}
        className={classes.beside}
      >
        {text('count')}
      </Button>
    </form>
  );
}
