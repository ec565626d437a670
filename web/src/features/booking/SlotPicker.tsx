import { ActionIcon, Button } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconClockExclamation,
  IconHourglass,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  createZonedFormat,
  dayOf,
  shiftDay,
  useFormat,
  useLanguage,
  useSentences,
} from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { StateView } from '../../shared/ui';
import {
  clockChange,
  daysAhead,
  daysFrom,
  daysShown,
  freeByDay,
  ownZone,
  partOf,
  parts,
  shownTwice,
  stripOf,
  type Slot,
} from './slots';
import classes from './SlotPicker.module.css';
import { useBookingText } from './strings';
import { useDoctor, useSlots } from './useDoctor';

export interface SlotPickerProps {
  doctorId: string;
  /** Where a time is booked. */
  to: (startsAt: string) => string;
  /** Where other doctors are. */
  doctorsPath: string;
  /** The day that was searched for; shown first, when it is one that can be booked. */
  day?: string | undefined;
}

/** A doctor's free times by the reader's own clock: a strip of days, then the times of one. */
export function SlotPicker({ doctorId, to, doctorsPath, day }: SlotPickerProps) {
  const text = useBookingText();
  const doctor = useDoctor(doctorId);
  if (doctor.isPending) return <StateView kind="loading" shape="card" />;
  if (!doctor.data) return null;
  const first = doctor.data.next_free[0];
  if (first === undefined) {
    return (
      <div className={classes.none}>
        <p>{text('times.never')}</p>
        <Button component={Link} to={doctorsPath} variant="default">
          {text('times.others')}
        </Button>
      </div>
    );
  }
  return <Strip doctorId={doctorId} first={first} to={to} wanted={day} />;
}

function Strip({
  doctorId,
  first,
  to,
  wanted,
}: {
  doctorId: string;
  first: Slot;
  to: SlotPickerProps['to'];
  wanted: string | undefined;
}) {
  const text = useBookingText();
  const format = useFormat();
  const zone = ownZone();
  const [today] = useState(() => dayOf(Date.now(), zone));
  const firstDay = dayOf(first.starts_at, zone);
  const [chosen, setChosen] = useState(
    wanted !== undefined && wanted >= today && wanted <= shiftDay(today, daysAhead)
      ? wanted
      : firstDay,
  );
  const [begin, setBegin] = useState(() => stripOf(chosen, today));
  const days = daysFrom(begin);
  const { data, error, isPending, refetch } = useSlots(
    doctorId,
    begin,
    shiftDay(begin, daysShown - 1),
  );
  const known = data !== undefined;
  const free = freeByDay(data ?? [], zone);
  const opened = new Set(data?.map(({ starts_at: at }) => dayOf(at, zone)));
  const day = days.includes(chosen) ? chosen : days.find((one) => free.has(one));
  const noon = (one: string) => Date.parse(`${one}T12:00:00Z`);
  const words = useDayWords();
  const change = clockChange(days, zone);

  return (
    <div>
      <Clock moment={first.starts_at} />
      <div className={classes.range}>
        <ActionIcon
          variant="default"
          size={48}
          aria-label={text('times.earlier')}
          disabled={begin <= today}
          onClick={() => setBegin(shiftDay(begin, -daysShown))}
        >
          <IconChevronLeft size={22} aria-hidden />
        </ActionIcon>
        <span className={classes.month}>{words.range(days)}</span>
        <ActionIcon
          variant="default"
          size={48}
          aria-label={text('times.later')}
          disabled={shiftDay(begin, daysShown) > shiftDay(today, daysAhead)}
          onClick={() => setBegin(shiftDay(begin, daysShown))}
        >
          <IconChevronRight size={22} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.days} role="group" aria-label={text('times.days')}>
        {days.map((one) => {
          const count = free.get(one)?.length ?? 0;
          return (
            <button
              key={one}
              type="button"
              className={classes.day}
              aria-pressed={one === day}
              disabled={count === 0}
              aria-label={
                known
                  ? `${words.whole(noon(one))}, ${
                      count > 0
                        ? text('times.free', { count })
                        : text(opened.has(one) ? 'times.full' : 'times.closed')
                    }`
                  : words.whole(noon(one))
              }
              onClick={() => setChosen(one)}
            >
              <span className={classes.weekday}>{words.weekday(noon(one))}</span>
              <span className={classes.number}>{words.number(noon(one))}</span>
              <span className={classes.count}>{!known ? '' : count === 0 ? '–' : count}</span>
            </button>
          );
        })}
      </div>
      {change !== undefined && (
        <p className={classes.change}>
          <IconClockExclamation size={20} aria-hidden />
          {text('times.change', { day: words.whole(noon(change)) })}
        </p>
      )}
      {isPending ? (
        <StateView kind="loading" shape="form" />
      ) : data === undefined ? (
        <StateView
          kind="error"
          error={error}
          safe={text('times.gone')}
          onRetry={() => void refetch()}
        />
      ) : day === undefined ? (
        <div className={classes.none}>
          <p>{text('times.none')}</p>
          {days.every((one) => one < firstDay) && (
            <Button
              variant="default"
              onClick={() => {
                setBegin(stripOf(firstDay, today));
                setChosen(firstDay);
              }}
            >
              {text('times.first', {
                when: `${format.day(first.starts_at)} ${format.time(first.starts_at)}`,
              })}
            </Button>
          )}
        </div>
      ) : (
        <>
          {free.get(day)?.some(({ needs_confirmation: asks }) => asks) && (
            <p className={classes.change}>
              <IconHourglass size={20} aria-hidden />
              {text('times.confirmed')}
            </p>
          )}
          <Times slots={free.get(day) ?? []} zone={zone} to={to} />
        </>
      )}
    </div>
  );
}

/** Whose clock the times are by, and the hospital's when it shows another time. */
function Clock({ moment }: { moment: string }) {
  const text = useBookingText();
  const sentences = useSentences();
  const [language] = useLanguage();
  const zone = ownZone();
  const theirs = useHospital()?.time_zone;
  const own = createZonedFormat({ language, zone });
  const other = theirs === undefined ? undefined : createZonedFormat({ language, zone: theirs });
  const differs =
    other !== undefined &&
    (other.minutes(moment) !== own.minutes(moment) || other.dayOf(moment) !== own.dayOf(moment));
  return (
    <p className={classes.clock}>
      {sentences(
        text('times.clock', { zone: own.zoneName(moment) }),
        differs && text('times.hospital', { zone: other.zoneName(moment) }),
        text('times.counts'),
      )}
    </p>
  );
}

function Times({ slots, zone, to }: { slots: Slot[]; zone: string; to: (at: string) => string }) {
  const text = useBookingText();
  const [language] = useLanguage();
  const format = createZonedFormat({ language, zone });
  const twice = shownTwice(slots, format.minutes);
  const named = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return parts.map((part) => {
    const those = slots.filter(({ starts_at: at }) => partOf(at, zone) === part);
    if (those.length === 0) return null;
    return (
      <div key={part}>
        <h3 className={classes.part}>{text(`times.${part}`)}</h3>
        <ul className={classes.times}>
          {those.map(({ starts_at: at }) => (
            <li key={at}>
              <Link className={classes.time} to={to(at)}>
                {twice.has(at) ? named.format(new Date(at)) : format.minutes(at)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

/** Days of the calendar in words. They have no zone: a UTC noon stands for each. */
function useDayWords() {
  const [language] = useLanguage();
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (moment: number) => format.format(moment);
  };
  const short = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
  });
  const number = new Intl.DateTimeFormat('en', { timeZone: 'UTC', day: 'numeric' });
  return {
    weekday: make({ weekday: 'short' }),
    number: (moment: number) => number.format(moment),
    whole: make({ weekday: 'long', month: 'long', day: 'numeric' }),
    range: (days: readonly string[]) =>
      short.formatRange(
        Date.parse(`${days[0] ?? ''}T12:00:00Z`),
        Date.parse(`${days.at(-1) ?? ''}T12:00:00Z`),
      ),
  };
}
