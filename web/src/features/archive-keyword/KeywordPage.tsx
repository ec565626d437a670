import { IconTextScan2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { DenseTable, Page, RowLink, type Column } from '../../shared/console';
import { useHospitalTime } from '../../shared/session';
import { StateView } from '../../shared/ui';
import classes from './Keyword.module.css';
import { SearchForm } from './SearchForm';
import { listKey, readList, type Search } from './searches';
import { SearchState } from './SearchState';
import { useKeywordText } from './strings';
import { useWhere } from './useWhere';

export interface KeywordPageProps {
  /** The address of a search's results. */
  resultPath: (id: string) => string;
}

/** Begins searches for words, and lists everybody's. */
export function KeywordPage({ resultPath }: KeywordPageProps) {
  const text = useKeywordText();
  const time = useHospitalTime();
  const where = useWhere();
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => readList(signal),
    staleTime: 30_000,
    refetchOnWindowFocus: false,
    // Reading leaves lines in the trail: a running search is followed on its own page.
  });
  const rows = list.data?.searches;

  const columns: Column<Search>[] = [
    {
      key: 'word',
      head: text('column.word'),
      lead: true,
      cell: ({ id, own, word, state }) => (
        <RowLink to={resultPath(id)}>
          {word ?? (
            <span className={classes.quiet}>
              {text(state === 'expired' ? 'wordGone' : own ? 'wordGone' : 'wordHidden')}
            </span>
          )}
        </RowLink>
      ),
    },
    { key: 'where', head: text('column.where'), cell: where },
    { key: 'reason', head: text('column.reason'), cell: ({ reason }) => reason },
    { key: 'by', head: text('column.by'), cell: ({ by_name: name }) => <bdi>{name}</bdi> },
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ created_at: at }) => `${time.shortDate(at)} ${time.minutes(at)}`,
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ state }) => <SearchState state={state} />,
    },
    { key: 'hits', head: text('column.hits'), numeric: true, cell: ({ hits }) => hits },
  ];

  return (
    <Page title={text('title')} lead={text('lead')}>
      <SearchForm onBegun={({ id }) => void navigate(resultPath(id))} />
      {list.isError && !rows ? (
        <StateView
          kind="error"
          error={list.error}
          safe={text('safe')}
          onRetry={() => void list.refetch()}
        />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconTextScan2}
          title={text('nothing.what')}
          detail={text('nothing.next')}
        />
      ) : (
        <DenseTable
          label={text('list')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          expected={4}
        />
      )}
    </Page>
  );
}
