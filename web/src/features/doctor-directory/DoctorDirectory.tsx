import { Button, NativeSelect, TextInput, Title } from '@mantine/core';
import { IconClock, IconSearch, IconStethoscope } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';
import { useSpecialties, useStanding } from '../../shared/practitioner';
import { useToday } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import { Avatar, InlineError, PlaceList, PlaceRow, StateView } from '../../shared/ui';
import classes from './DoctorDirectory.module.css';
import { useDoctorDirectoryText } from './strings';
import { useDoctorWords } from './words';

type Found = components['schemas']['DoctorsFound'];
type Card = components['schemas']['DoctorCard'];

const fields = ['name', 'specialty', 'language', 'day'] as const;
type Field = (typeof fields)[number];
type Wanted = Record<Field, string>;

const wantedOf = (address: URLSearchParams): Wanted => ({
  name: address.get('name') ?? '',
  specialty: address.get('specialty') ?? '',
  language: address.get('language') ?? '',
  day: address.get('day') ?? '',
});

function changed(before: URLSearchParams, field: Field, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  if (value === '') after.delete(field);
  else after.set(field, value);
  return after;
}

/** As the end of an address: with it a doctor's page leads back to the same search. */
function searchOf(wanted: Wanted): string {
  const search = new URLSearchParams(
    fields.flatMap((one) => (wanted[one] === '' ? [] : [[one, wanted[one]]])),
  ).toString();
  return search === '' ? '' : `?${search}`;
}

export interface DoctorDirectoryProps {
  /** A doctor's own page. */
  to: (id: string) => string;
}

/** The doctors whom one can see, by name, with filters and the first free time of each. */
export function DoctorDirectory({ to }: DoctorDirectoryProps) {
  const text = useDoctorDirectoryText();
  const words = useDoctorWords();
  const today = useToday();
  usePageTitle(text('title'));
  // In the address, so that they are there again when one comes back from a doctor.
  const [address, setAddress] = useSearchParams();
  const wanted = wantedOf(address);
  const past = wanted.day !== '' && wanted.day < today;
  const asked = useDeferredValue(wanted);
  const choices = useSpecialties();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } =
    useInfiniteQuery({
      queryKey: ['doctors', asked],
      queryFn: ({ signal, pageParam }) =>
        http.get<Found>('/api/doctors', {
          signal,
          query: {
            name: asked.name.trim() || undefined,
            specialty: asked.specialty || undefined,
            language: asked.language || undefined,
            day: asked.day >= today ? asked.day : undefined,
            cursor: pageParam,
          },
        }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      placeholderData: keepPreviousData,
    });
  const doctors = data?.pages.flatMap((page) => page.doctors);
  const filtered = Object.values(wanted).some((value) => value.trim() !== '');
  const bind = (field: Field) => ({
    value: wanted[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setAddress((before) => changed(before, field, value), { replace: true });
    },
  });

  return (
    <div className={classes.root}>
      <div>
        <Title order={1}>{text('title')}</Title>
        <p className={classes.quiet}>{text('lead')}</p>
      </div>
      <form
        role="search"
        aria-label={text('filters')}
        className={classes.filters}
        onSubmit={(event) => event.preventDefault()}
      >
        <TextInput
          label={text('name')}
          leftSection={<IconSearch size={20} aria-hidden />}
          maxLength={120}
          {...bind('name')}
        />
        <NativeSelect
          label={text('specialty')}
          data={[
            { value: '', label: text('everySpecialty') },
            ...(choices.data?.specialties ?? []).map((one) => ({
              value: one.code,
              label: words.specialty(one),
            })),
          ]}
          {...bind('specialty')}
        />
        <NativeSelect
          label={text('language')}
          data={[
            { value: '', label: text('everyLanguage') },
            ...(choices.data?.languages ?? []).map((code) => ({
              value: code,
              label: words.language(code),
            })),
          ]}
          {...bind('language')}
        />
        <TextInput
          type="date"
          label={text('day')}
          min={today}
          max={shiftDay(today, 89)}
          error={past && text('pastDay')}
          {...bind('day')}
        />
      </form>
      {isPending ? (
        <StateView kind="loading" shape="list" />
      ) : !doctors ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : (
        <>
          {error && <InlineError error={error} />}
          {doctors.length === 0 ? (
            <StateView
              kind="empty"
              icon={IconStethoscope}
              title={text(filtered ? 'noMatch.what' : 'empty.what')}
              detail={text(filtered ? 'noMatch.next' : 'empty.next')}
              {...(filtered
                ? {
                    action: {
                      label: text('noMatch.clear'),
                      onPress: () => setAddress({}, { replace: true }),
                    },
                  }
                : {})}
            />
          ) : (
            <>
              <p className={classes.quiet}>{text('order')}</p>
              <PlaceList label={text('list')}>
                {doctors.map((one) => (
                  <PlaceRow key={one.id} to={to(one.id) + searchOf(wanted)}>
                    <Row doctor={one} />
                  </PlaceRow>
                ))}
              </PlaceList>
            </>
          )}
          {hasNextPage && (
            <Button
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {text('more')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Row({ doctor }: { doctor: Card }) {
  const text = useDoctorDirectoryText();
  const standing = useStanding();
  const words = useDoctorWords();
  const free = doctor.next_free;
  return (
    <>
      <Avatar name={doctor.name} size={48} />
      <span className={classes.who}>
        <span className={classes.name}>{doctor.name}</span>
        <span className={classes.quiet}>
          {standing(doctor.title, words.specialty(doctor.specialty))}
        </span>
        <span className={classes.quiet}>
          {text('years', { count: doctor.years })} ·{' '}
          {words.money(doctor.fee_minor, doctor.currency)}
        </span>
        <span className={classes.free} data-none={free === null}>
          <IconClock size={18} aria-hidden />
          {free === null ? text('noneFree') : text('nextFree', { when: words.when(free) })}
        </span>
      </span>
    </>
  );
}
