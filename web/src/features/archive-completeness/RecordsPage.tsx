import { IconArrowLeft } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { ConsultationPill, Page, PagedTable, RowLink, type Column } from '../../shared/console';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { NotFound } from '../../shared/shell';
import classes from './Completeness.module.css';
import { isList, readDays, readRecords, type List, type Listed } from './figures';
import { useCompletenessText } from './strings';

export interface RecordsPageProps {
  backTo: string;
  /** The address of a visit's record. */
  recordPath: (id: string) => string;
}

/** The visits behind one figure. */
export function RecordsPage(props: RecordsPageProps) {
  const { list } = useParams();
  return isList(list) ? <Records {...props} list={list} /> : <NotFound />;
}

const amounts = ['conversations', 'sequence-gaps', 'addenda-open', 'unsealed'] as const;
const moments = ['unclosed', 'open-long', 'unsealed', 'destroyed', 'on-hold'] as const;

function Records({ backTo, recordPath, list }: RecordsPageProps & { list: List }) {
  const text = useCompletenessText();
  const time = useHospitalTime();
  const { number } = useFormat();
  const today = useToday();
  const [parameters] = useSearchParams();
  const days = readDays(parameters, today);
  const found = useInfiniteQuery({
    queryKey: ['archive', 'completeness', list, days],
    queryFn: ({ signal, pageParam }) => readRecords(list, days, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const rows = found.data?.pages.flatMap(({ records }) => records);
  const when = (at: string) => `${time.shortDate(at)} ${time.minutes(at)}`;
  const day = (date: string) => time.shortDate(`${date}T04:00:00Z`);
  const amount = amounts.find((one) => one === list);
  const moment = moments.find((one) => one === list);

  const columns: Column<Listed>[] = [
    {
      key: 'patient',
      head: text('column.patient'),
      lead: true,
      cell: (row) => (
        <RowLink to={recordPath(row.consultation_id)}>
          <bdi>{row.patient_name}</bdi>
        </RowLink>
      ),
    },
    {
      key: 'doctor',
      head: text('column.doctor'),
      cell: (row) => <bdi>{row.practitioner_name}</bdi>,
    },
    { key: 'planned', head: text('column.planned'), cell: (row) => when(row.scheduled_start) },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ state }) => <ConsultationPill state={state} />,
    },
  ];
  if (amount) {
    columns.push({
      key: 'amount',
      head: text(`amount.${amount}`),
      numeric: true,
      cell: (row) => number(row.amount ?? 0),
    });
  }
  if (moment) {
    columns.push({
      key: 'since',
      head: text(`since.${moment}`),
      cell: ({ since }) => since !== null && when(since),
    });
  }

  return (
    <Page
      title={text(`figure.${list}`)}
      lead={text('range', { from: day(days.from), to: day(days.to) })}
    >
      <Link to={`${backTo}?from=${days.from}&to=${days.to}`} className={classes.back}>
        <IconArrowLeft size={18} aria-hidden /> {text('back')}
      </Link>
      <PagedTable
        list={found}
        safe={text('safe')}
        empty={{ title: text('none.what'), detail: text('none.next') }}
        more={text('more')}
        label={text(`figure.${list}`)}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.consultation_id}
      />
    </Page>
  );
}
