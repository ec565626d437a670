import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../protocol/api';
import { CountBar } from '../../shared/console';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { StateView, StatusPill } from '../../shared/ui';
import classes from './FiguresPanel.module.css';
import { useFiguresText } from './strings';

type Figures = components['schemas']['Figures'];

const parts = ['finished', 'in_progress', 'waiting', 'to_come'] as const;
type Part = (typeof parts)[number];

const tones = {
  finished: 'good',
  in_progress: 'brand',
  waiting: 'amber',
  to_come: 'neutral',
} as const;

export const figuresKey = ['figures'];

/** Long enough for a bad day; a longer wait stands at the end. */
const longestWaitMinutes = 30;

/** Each reading leaves a line in the audit trail, so once a minute is often enough. */
const readEveryMs = 60_000;

export interface FiguresPanelProps {
  /** Where failed tasks are looked after. */
  jobsPath: string;
}

/** The hospital's day in figures, read again every minute while somebody looks. */
export function FiguresPanel({ jobsPath }: FiguresPanelProps) {
  const text = useFiguresText();
  const time = useHospitalTime();
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery({
    queryKey: figuresKey,
    queryFn: ({ signal }) => http.get<Figures>('/api/figures', { signal }),
    refetchInterval: readEveryMs,
    staleTime: readEveryMs,
    refetchOnWindowFocus: false,
  });

  if (error && !data) {
    return (
      <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
    );
  }
  const at = time.seconds(dataUpdatedAt);
  return (
    <section className={classes.root} aria-label={text('label')} aria-busy={!data}>
      <div className={classes.tiles}>
        <Tile name={text('appointments')} wide>
          {data && <Appointments figures={data} />}
        </Tile>
        <Tile name={text('waiting')}>
          {data && (
            <>
              <Number value={data.waiting} live={data.waiting > 0} />
              <p className={classes.note}>
                {text(data.waiting > 0 ? 'waitingSome' : 'waitingNone')}
              </p>
            </>
          )}
        </Tile>
        <Tile name={text('wait')}>{data && <Wait minutes={data.wait_minutes_median} />}</Tile>
        <Tile name={text('jobs')}>{data && <Jobs figures={data} jobsPath={jobsPath} />}</Tile>
      </div>
      {data && (data.sealing === 'stopped' || data.sealing === 'waiting') && (
        <p className={classes.note} role="alert">
          <StatusPill icon={IconAlertTriangle} tone="bad">
            {text(data.sealing === 'stopped' ? 'sealingStopped' : 'sealingWaits')}
          </StatusPill>{' '}
          {data.sealing_why}
        </p>
      )}
      <div className={classes.as} role="status">
        {data && (error ? text('stale', { time: at }) : text('asOf', { time: at }))}
        <Tooltip label={text('refresh')}>
          <ActionIcon
            size="sm"
            aria-label={text('refresh')}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </section>
  );
}

function Tile({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes.tile} data-wide={wide}>
      <h2 className={classes.name}>{name}</h2>
      {children === undefined ? (
        <>
          <Skeleton height={36} width={72} mt={6} mb={10} />
          <Skeleton height={14} width="80%" />
        </>
      ) : (
        children
      )}
    </div>
  );
}

function Number({ value, live = false }: { value: ReactNode; live?: boolean }) {
  return (
    <p className={classes.number} data-live={live}>
      {value}
    </p>
  );
}

/** One bar for the day: how much of it is done. */
function Appointments({ figures }: { figures: Figures }) {
  const text = useFiguresText();
  const { appointments, finished, in_progress, waiting } = figures;
  const counts: Record<Part, number> = {
    finished,
    in_progress,
    waiting,
    to_come: Math.max(0, appointments - finished - in_progress - waiting),
  };
  return (
    <>
      <Number value={appointments} />
      {appointments === 0 ? (
        <p className={classes.note}>{text('noAppointments')}</p>
      ) : (
        <CountBar
          label={text('split', counts)}
          parts={parts.map((part) => ({
            key: part,
            name: text(`part.${part}`),
            count: counts[part],
            tone: tones[part],
          }))}
        />
      )}
    </>
  );
}

function Wait({ minutes }: { minutes: number | null }) {
  const text = useFiguresText();
  const format = useFormat();
  if (minutes === null) {
    return (
      <>
        <Number value="–" />
        <p className={classes.note}>{text('waitNone')}</p>
      </>
    );
  }
  const rounded = format.number(minutes, { maximumFractionDigits: minutes < 10 ? 1 : 0 });
  const share = Math.min(1, minutes / longestWaitMinutes);
  return (
    <>
      <Number
        value={
          <>
            {rounded} <small>{text('minutes')}</small>
          </>
        }
      />
      <div
        className={classes.scale}
        role="img"
        aria-label={text('scale', { minutes: rounded, most: longestWaitMinutes })}
      >
        <i style={{ left: `${share * 100}%` }} />
        <span>0</span>
        <span>{longestWaitMinutes / 2}</span>
        <span>{longestWaitMinutes}+</span>
      </div>
      <p className={classes.note}>{text('waitSome')}</p>
    </>
  );
}

function Jobs({ figures, jobsPath }: { figures: Figures; jobsPath: string }) {
  const text = useFiguresText();
  const { jobs_waiting: waiting, jobs_dead: dead } = figures;
  return (
    <>
      <Number value={waiting} />
      <p className={classes.note}>{text('jobsWaiting')}</p>
      <p className={classes.dead}>
        {dead > 0 ? (
          <>
            <StatusPill icon={IconAlertTriangle} tone="bad">
              {text('jobsDead', { count: dead })}
            </StatusPill>
            <Link to={jobsPath} className={classes.link}>
              {text('look')}
            </Link>
          </>
        ) : (
          <StatusPill icon={IconCircleCheck} tone="good">
            {text('jobsFine')}
          </StatusPill>
        )}
      </p>
    </>
  );
}
