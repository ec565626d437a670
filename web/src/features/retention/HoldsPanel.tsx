import { Button } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { DenseTable, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { StateView, StatusPill } from '../../shared/ui';
import { DecisionDialog } from './DecisionDialog';
import classes from './HoldsPanel.module.css';
import { useRetentionText } from './strings';
import { retentionKey, type Hold, type Holds } from './types';

export interface HoldsPanelProps {
  holds: UseQueryResult<Holds>;
  onSaid: (said: string) => void;
  onRecords: () => void;
}

/** Legal holds: what is held, why, by whom, and lifting it. */
export function HoldsPanel({ holds, onSaid, onRecords }: HoldsPanelProps) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const [lifting, setLifting] = useState<Hold>();
  const { data, error } = holds;

  if (error && !data) {
    return (
      <StateView
        kind="error"
        error={error}
        safe={text('safe')}
        onRetry={() => void holds.refetch()}
      />
    );
  }
  if (data?.holds.length === 0) {
    return (
      <StateView
        kind="empty"
        icon={IconLockOpen}
        title={text('holds.empty.what')}
        detail={text('holds.empty.next')}
        action={{ label: text('holds.empty.do'), onPress: onRecords }}
      />
    );
  }
  const scope = (row: Hold) =>
    row.consultation_id === null
      ? text('holds.allOf')
      : text('holds.oneOf', { day: time.shortDate(row.scheduled_start ?? row.placed_at) });
  const columns: Column<Hold>[] = [
    {
      key: 'patient',
      head: text('column.patient'),
      lead: true,
      cell: (row) => (
        <>
          <span className={classes.name}>{row.patient_name}</span>{' '}
          <span className={classes.quiet}>{scope(row)}</span>
        </>
      ),
    },
    {
      key: 'why',
      head: text('holds.why'),
      cell: (row) => <span className={classes.why}>{row.reason}</span>,
    },
    {
      key: 'since',
      head: text('holds.since'),
      cell: (row) =>
        text('holds.by', { name: row.placed_by_name, day: time.shortDate(row.placed_at) }),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ lift }) =>
        lift === null ? (
          <StatusPill icon={IconLock} tone="bad">
            {text('holds.stands')}
          </StatusPill>
        ) : (
          <div className={classes.lifted}>
            <StatusPill icon={IconLockOpen}>
              {text('holds.lifted', { name: lift.by_name, day: time.shortDate(lift.at) })}
            </StatusPill>
            <span className={classes.quiet}>{lift.reason}</span>
          </div>
        ),
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (row) =>
        row.lift === null && (
          <Button
            variant="default"
            aria-label={text('lift.of', { name: row.patient_name })}
            onClick={() => setLifting(row)}
          >
            {text('lift.button')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DenseTable
        label={text('holds.list')}
        columns={columns}
        rows={data?.holds}
        rowKey={({ id }) => id}
        expected={3}
      />
      {lifting && (
        <DecisionDialog
          title={text('lift.title', { name: lifting.patient_name })}
          consequence={<p>{text('lift.body')}</p>}
          reasonLabel={text('lift.reason')}
          confirmLabel={text('lift.do')}
          onDecide={async ({ reason }) => {
            await http.post(`/api/retention/holds/${lifting.id}/lift`, { reason });
            await client.invalidateQueries({ queryKey: retentionKey });
            onSaid(text('said.lifted', { name: lifting.patient_name }));
          }}
          onClose={() => setLifting(undefined)}
        />
      )}
    </>
  );
}
