import { IconDice3 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { Page, PagedTable, RowLink, type Column } from '../../shared/console';
import { useHospitalTime } from '../../shared/session';
import { DrawForm } from './DrawForm';
import { listKey, readList, type Sample } from './samples';
import classes from './Samples.module.css';
import { useSamplesText } from './strings';
import { useDays } from './useDays';

export interface SamplesPageProps {
  /** The address of one sample. */
  samplePath: (id: string) => string;
}

/** Draws samples, and lists everybody's with how far their review is. */
export function SamplesPage({ samplePath }: SamplesPageProps) {
  const text = useSamplesText();
  const time = useHospitalTime();
  const { days, filter } = useDays();
  const navigate = useNavigate();
  const list = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ signal, pageParam }) => readList(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  const rows = list.data?.pages.flatMap(({ samples }) => samples);

  const columns: Column<Sample>[] = [
    {
      key: 'days',
      head: text('column.days'),
      lead: true,
      cell: (sample) => <RowLink to={samplePath(sample.id)}>{days(sample)}</RowLink>,
    },
    { key: 'filter', head: text('column.filter'), cell: filter },
    {
      key: 'size',
      head: text('column.drawn'),
      cell: ({ size, population }) => text('ofPopulation', { size, population }),
    },
    {
      key: 'review',
      head: text('column.review'),
      cell: ({ reviewed, size, noted }) => (
        <>
          {text('reviewedOf', { reviewed, size })}
          {noted > 0 && <span className={classes.noted}>{text('noted', { count: noted })}</span>}
        </>
      ),
    },
    { key: 'by', head: text('column.by'), cell: ({ by_name: name }) => <bdi>{name}</bdi> },
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ created_at: at }) => `${time.shortDate(at)} ${time.minutes(at)}`,
    },
  ];

  return (
    <Page title={text('title')} lead={text('lead')}>
      <DrawForm onDrawn={({ id }) => void navigate(samplePath(id))} />
      <PagedTable
        list={list}
        safe={text('safe')}
        empty={{ icon: IconDice3, title: text('nothing.what'), detail: text('nothing.next') }}
        more={text('more')}
        label={text('list')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        expected={4}
      />
    </Page>
  );
}
