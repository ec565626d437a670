import { IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { components } from '../../protocol/api';
import { ConsultationPill, Page, PagedTable, RowLink, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { formatTimecode } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { isUsual, queryOf, readFilters, writeFilters } from './filters';
import { RecordMark } from './RecordMark';
import { SearchForm } from './SearchForm';
import classes from './SearchPage.module.css';
import { useSearchText } from './strings';

type Found = components['schemas']['ConsultationFound'];
type Answer = components['schemas']['ConsultationsFound'];

export interface SearchPageProps {
  /** The address of a consultation's record. */
  recordPath: (id: string) => string;
}

/** Finds consultations in the archive; the filters are the address. */
export function SearchPage({ recordPath }: SearchPageProps) {
  const text = useSearchText();
  const time = useHospitalTime();
  const [parameters, setParameters] = useSearchParams();
  const today = useToday();
  const filters = readFilters(parameters, today);
  const usual = isUsual(filters, today);

  const found = useInfiniteQuery({
    queryKey: ['archive', 'search', filters],
    queryFn: ({ signal, pageParam }) =>
      http.get<Answer>('/api/archive/consultations', {
        signal,
        query: { ...queryOf(filters), cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Every reading leaves lines in the audit trail, so going back shows what was found before.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  const rows = found.data?.pages.flatMap(({ consultations }) => consultations);

  const search = parameters.toString();
  const columns: Column<Found>[] = [
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ scheduled_start: at }) => `${time.shortDate(at)} ${time.minutes(at)}`,
    },
    {
      key: 'patient',
      head: text('column.patient'),
      lead: true,
      cell: ({ id, patient_name: patient }) => (
        <RowLink to={recordPath(id)} state={{ search }}>
          {patient}
        </RowLink>
      ),
    },
    { key: 'doctor', head: text('column.doctor'), cell: (row) => row.practitioner_name },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ state }) => <ConsultationPill state={state} />,
    },
    {
      key: 'length',
      head: text('column.length'),
      numeric: true,
      cell: ({ admitted_at: from, ended_at: to }) => {
        if (from === null) return <span className={classes.quiet}>{text('noCall')}</span>;
        if (to === null) return text('running');
        return formatTimecode((Date.parse(to) - Date.parse(from)) / 1000);
      },
    },
    { key: 'record', head: text('column.record'), cell: (row) => <RecordMark found={row} /> },
    { key: 'entries', head: text('column.entries'), numeric: true, cell: (row) => row.entries },
  ];

  return (
    <Page title={text('title')} lead={text('lead')}>
      <SearchForm
        key={search}
        applied={filters}
        busy={found.isFetching && !found.isFetchingNextPage}
        mistake={found.error ?? undefined}
        onFind={(next) => {
          const address = writeFilters(next, today);
          if (address.toString() === search) void found.refetch();
          else setParameters(address);
        }}
      />
      <PagedTable
        list={found}
        safe={text('safe')}
        empty={{
          icon: IconSearchOff,
          title: text(usual ? 'nothing.what' : 'noMatch.what'),
          detail: text(usual ? 'nothing.next' : 'noMatch.next'),
          ...(usual ? {} : { action: { label: text('clear'), onPress: () => setParameters({}) } }),
        }}
        more={text('more')}
        above={
          <p className={classes.count} role="status">
            {rows && text(found.hasNextPage ? 'shownMore' : 'shown', { count: rows.length })}
            {rows && <span>{time.zoneShort(`${today}T12:00:00Z`)}</span>}
          </p>
        }
        label={text('list')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        expected={8}
      />
    </Page>
  );
}
