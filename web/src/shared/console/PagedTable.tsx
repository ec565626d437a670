import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { InlineError, StateView, type StateViewProps } from '../ui';
import { DenseTable, type DenseTableProps } from './DenseTable';
import classes from './PagedTable.module.css';

/** What is known of a list that is read page by page: an infinite query, as it is. */
export interface Paged {
  error: unknown;
  isError: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => Promise<unknown>;
  fetchNextPage: () => Promise<unknown>;
}

export interface PagedTableProps<Row> extends DenseTableProps<Row> {
  list: Paged;
  /** What is certainly not lost when the list cannot be read. */
  safe: string;
  /** What is said when there is no row. */
  empty: Omit<Extract<StateViewProps, { kind: 'empty' }>, 'kind'>;
  /** The button that reads the next page. */
  more: string;
  /** Stands above the rows, where there are rows or will be. */
  above?: ReactNode;
}

/** A console's list in all its states: on the way, failed, empty, and page after page. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { list, safe, empty, more, above, ...table } = props;
  if (list.isError && !table.rows) {
    return (
      <StateView kind="error" error={list.error} safe={safe} onRetry={() => void list.refetch()} />
    );
  }
  if (table.rows?.length === 0) return <StateView kind="empty" {...empty} />;
  return (
    <section className={classes.root}>
      {above}
      <DenseTable {...table} />
      {list.isError && <InlineError error={list.error} />}
      {list.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {more}
        </Button>
      )}
    </section>
  );
}
