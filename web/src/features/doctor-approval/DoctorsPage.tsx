import { Button } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { StateView } from '../../shared/ui';
import { useMissing } from './missing';
import type { Profile, Specialties } from './profile';
import classes from './Profile.module.css';
import { StatePill } from './StatePill';
import { useDoctorApprovalText } from './strings';

type Profiles = components['schemas']['Profiles'];

export interface DoctorsPageProps {
  /** A doctor's own page in the administration. */
  to: (id: string) => string;
}

/** The hospital's doctors; those who wait for a decision come first. */
export function DoctorsPage({ to }: DoctorsPageProps) {
  const text = useDoctorApprovalText();
  const missing = useMissing();
  const [language] = useLanguage();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ['doctor-profiles'],
      queryFn: ({ signal, pageParam }) =>
        http.get<Profiles>('/api/doctor-profiles', { signal, query: { cursor: pageParam } }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
    },
  );
  const rows = data?.pages.flatMap((page) => page.profiles);
  const choices = useQuery({
    queryKey: ['specialties'],
    queryFn: ({ signal }) => http.get<Specialties>('/api/specialties', { signal }),
    staleTime: Infinity,
  });
  const specialtyOf = ({ specialty }: Profile) =>
    choices.data?.specialties.find(({ code }) => code === specialty)?.words[language];
  const columns: Column<Profile>[] = [
    {
      key: 'name',
      head: text('column.name'),
      lead: true,
      cell: ({ name }) => <bdi className={classes.name}>{name}</bdi>,
    },
    {
      key: 'specialty',
      head: text('column.specialty'),
      cell: (one) => [one.title, specialtyOf(one)].filter(Boolean).join(' · '),
    },
    { key: 'state', head: text('column.state'), cell: (one) => <StatePill state={one.state} /> },
    {
      key: 'missing',
      head: text('column.missing'),
      cell: (one) => <span className={classes.quiet}>{missing(one) || '—'}</span>,
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: ({ practitioner_id: id, name }) => (
        <Button
          component={Link}
          to={to(id)}
          variant="subtle"
          size="compact-md"
          aria-label={text('openOf', { name })}
        >
          {text('open')}
        </Button>
      ),
    },
  ];
  return (
    <Page title={text('title')} lead={text('lead')}>
      {error && !data ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconStethoscope}
          title={text('empty.what')}
          detail={text('empty.next')}
        />
      ) : (
        <DenseTable
          label={text('list')}
          columns={columns}
          rows={rows}
          rowKey={({ practitioner_id: id }) => id}
        />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('more')}
        </Button>
      )}
    </Page>
  );
}
