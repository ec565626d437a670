import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DenseTable.module.css';
import { useConsoleText } from './strings';

export interface Column<Row> {
  key: string;
  /** The column's heading; on a phone it stands beside the value. */
  head: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** Names the row: on a phone it stands on top, without its heading. */
  lead?: boolean;
  /** Holds buttons: the heading is for screen readers only. */
  actions?: boolean;
}

export interface DenseTableProps<Row> {
  /** What the rows are, for who cannot see the page's title. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they load: bars of the rows' shape hold their place. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string | number;
  /** How many bars hold the place of what loads. */
  expected?: number;
}

/** Rows of facts for consoles; on a phone each row becomes a card. */
export function DenseTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  expected = 6,
}: DenseTableProps<Row>) {
  const text = useConsoleText();
  // The roles are said outright because a phone's cards take the table's own away.
  return (
    <div className={classes.frame} role={rows ? undefined : 'status'}>
      <table className={classes.table} role="table" aria-label={label} aria-busy={!rows}>
        <thead className={classes.head} role="rowgroup">
          <tr role="row">
            {columns.map(({ key, head, numeric, actions }) => (
              <th key={key} scope="col" role="columnheader" data-numeric={numeric}>
                <span className={actions ? 'tv-visually-hidden' : undefined}>{head}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.body} role="rowgroup">
          {rows
            ? rows.map((row) => (
                <tr key={rowKey(row)} role="row" className={classes.row}>
                  {columns.map(({ key, head, cell, numeric, lead, actions }) => (
                    <td
                      key={key}
                      role="cell"
                      data-head={lead === true || actions === true ? undefined : head}
                      data-numeric={numeric}
                      data-lead={lead}
                      data-actions={actions}
                    >
                      <div>{cell(row)}</div>
                    </td>
                  ))}
                </tr>
              ))
            : Array.from({ length: expected }, (_, index) => (
                <tr key={index} role="row" className={classes.row}>
                  {columns.map(({ key, lead, actions }) => (
                    <td key={key} role="cell" data-lead={lead} data-actions={actions}>
                      <Skeleton height={14} width={`${60 + ((index * 17) % 35)}%`} radius="sm" />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
      {!rows && <span className="tv-visually-hidden">{text('loading')}</span>}
    </div>
  );
}
