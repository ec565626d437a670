import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { createZonedFormat, shiftDay, useFormat, useLanguage } from '../../shared/i18n';
import { useToday } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { DayPlot, type Series } from './DayPlot';
import classes from './FiguresPage.module.css';
import { useFiguresText } from './strings';

type FiguresOfDays = components['schemas']['FiguresOfDays'];
type DayFigures = components['schemas']['DayFigures'];

const spans = [7, 30, 90] as const;

/** The figures of some days: plots first, then every number in a table. */
export function FiguresPage() {
  const text = useFiguresText();
  const today = useToday();
  const [days, setDays] = useState<{ from: string; to: string }>();
  const asked = days ?? { from: shiftDay(today, -29), to: today };
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['figures', 'days', asked.from, asked.to],
    queryFn: ({ signal }) => http.get<FiguresOfDays>('/api/figures/days', { signal, query: asked }),
    placeholderData: keepPreviousData,
    enabled: asked.from !== '' && asked.to !== '',
    // Each reading leaves a line in the audit trail.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const set = (name: 'from' | 'to', value: string) => setDays({ ...asked, [name]: value });
  return (
    <Page
      title={text('days.title')}
      lead={text('days.lead')}
      actions={
        <div className={classes.days}>
          <div className={classes.spans} role="group" aria-label={text('days.spans')}>
            {spans.map((count) => {
              const from = shiftDay(today, 1 - count);
              const chosen = asked.from === from && asked.to === today;
              return (
                <Button
                  key={count}
                  variant={chosen ? 'light' : 'default'}
                  aria-pressed={chosen}
                  onClick={() => setDays({ from, to: today })}
                >
                  {text('days.last', { count })}
                </Button>
              );
            })}
          </div>
          {(['from', 'to'] as const).map((name) => (
            <TextInput
              key={name}
              type="date"
              label={text(`days.${name}`)}
              value={asked[name]}
              onChange={(event) => set(name, event.currentTarget.value)}
            />
          ))}
        </div>
      }
    >
      {error ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.root} aria-busy={isFetching}>
          <Plots figures={data} />
          <h2 className={classes.heading}>{text('days.table')}</h2>
          <Table figures={data} />
        </div>
      )}
    </Page>
  );
}

function Plots({ figures }: { figures: FiguresOfDays | undefined }) {
  const text = useFiguresText();
  const format = useFormat();
  const dayWords = useDayWords();
  const days = figures?.days ?? [];
  const words = days.map(({ day }) => dayWords(day));
  const whole = (value: number) => format.number(value, { maximumFractionDigits: 1 });
  const sum = (of: (day: DayFigures) => number) => days.reduce((all, day) => all + of(day), 0);
  const series = (key: 'booked' | 'finished' | 'cancelled' | 'no_shows', tone: Series['tone']) => ({
    key,
    name: text(`days.${key}`),
    tone,
    values: days.map((day) => day[key]),
  });
  const waits = days.flatMap(({ wait_minutes_median: wait }) => (wait === null ? [] : [wait]));
  const counts = {
    finished: sum((day) => day.finished),
    cancelled: sum((day) => day.cancelled),
    no_shows: sum((day) => day.no_shows),
  };
  const longest = waits.length === 0 ? undefined : Math.max(...waits);
  return (
    <div className={classes.plots}>
      <Panel
        name={text('days.booked')}
        total={figures && whole(sum((day) => day.booked))}
        note={text('days.bookedNote')}
      >
        <DayPlot
          label={text('days.bookedSaid', { count: sum((day) => day.booked), days: days.length })}
          days={words}
          series={[series('booked', 'brand')]}
          format={whole}
        />
      </Panel>
      <Panel
        name={text('days.visits')}
        total={figures && whole(sum((day) => day.visits))}
        note={text('days.visitsNote')}
      >
        <DayPlot
          label={text('days.visitsSaid', counts)}
          days={words}
          series={[
            series('finished', 'good'),
            series('cancelled', 'amber'),
            series('no_shows', 'bad'),
          ]}
          format={whole}
        />
      </Panel>
      {(figures?.currencies ?? []).map((currency) => {
        const moved = (key: 'captured_minor' | 'refunded_minor') =>
          days.map(({ money }) => money.find((one) => one.currency === currency)?.[key] ?? 0);
        const total = (values: number[]) => values.reduce((all, one) => all + one, 0);
        const [came, went] = [moved('captured_minor'), moved('refunded_minor')];
        const money = (value: number) => format.money(value, currency);
        return (
          <Panel
            key={currency}
            name={text('days.money', { currency })}
            total={money(total(came) - total(went))}
            note={text('days.moneyNote')}
          >
            <DayPlot
              label={text('days.moneySaid', { came: money(total(came)), went: money(total(went)) })}
              days={words}
              series={[
                { key: 'came', name: text('days.came'), tone: 'brand', values: came },
                { key: 'went', name: text('days.went'), tone: 'amber', values: went },
              ]}
              beside
              format={money}
            />
          </Panel>
        );
      })}
      {figures?.currencies.length === 0 && (
        <Panel name={text('days.moneyAny')} total="–" note={text('days.moneyNone')} />
      )}
      <Panel
        name={text('days.longest')}
        total={
          figures && (longest === undefined ? '–' : text('days.upTo', { minutes: whole(longest) }))
        }
        note={text('days.waitNote')}
      >
        <DayPlot
          label={
            longest === undefined
              ? text('days.waitNobody')
              : text('days.waitSaid', { minutes: whole(longest), days: waits.length })
          }
          days={words}
          series={[
            {
              key: 'wait',
              name: text('days.wait'),
              tone: 'brand',
              values: days.map((day) => day.wait_minutes_median),
            },
          ]}
          format={whole}
        />
      </Panel>
    </div>
  );
}

interface PanelProps {
  name: string;
  total: ReactNode;
  note: string;
  children?: ReactNode;
}

function Panel({ name, total, note, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={name}>
      <h2 className={classes.name}>{name}</h2>
      <p className={classes.number}>{total ?? ' '}</p>
      <p className={classes.note}>{note}</p>
      {children}
    </section>
  );
}

function Table({ figures }: { figures: FiguresOfDays | undefined }) {
  const text = useFiguresText();
  const format = useFormat();
  const dayWords = useDayWords();
  const count = (key: 'booked' | 'visits' | 'finished' | 'cancelled' | 'no_shows') => ({
    key,
    head: text(`days.${key}`),
    numeric: true,
    cell: (day: DayFigures) => format.number(day[key]),
  });
  const money = (key: 'captured_minor' | 'refunded_minor', head: string) => ({
    key,
    head,
    numeric: true,
    cell: (day: DayFigures) =>
      day.money.map((one) => format.money(one[key], one.currency)).join(' + ') || '–',
  });
  const columns: Column<DayFigures>[] = [
    { key: 'day', head: text('days.day'), lead: true, cell: ({ day }) => dayWords(day) },
    count('booked'),
    count('visits'),
    count('finished'),
    count('cancelled'),
    count('no_shows'),
    money('captured_minor', text('days.came')),
    money('refunded_minor', text('days.went')),
    {
      key: 'wait',
      head: text('days.waitShort'),
      numeric: true,
      cell: ({ wait_minutes_median: wait }) =>
        wait === null ? '–' : format.number(wait, { maximumFractionDigits: 1 }),
    },
  ];
  return (
    <DenseTable
      label={text('days.table')}
      columns={columns}
      // The newest first: whoever looks wants to know about yesterday.
      rows={figures && [...figures.days].reverse()}
      rowKey={({ day }) => day}
    />
  );
}

/** A calendar day in words: the same in every zone. */
function useDayWords(): (day: string) => string {
  const [language] = useLanguage();
  const calendar = createZonedFormat({ language, zone: 'UTC' });
  return (day) => calendar.shortDate(`${day}T12:00:00Z`);
}
