import { IconCircleCheck, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { DenseTable, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { StateView, StatusPill } from '../../shared/ui';
import { useRetentionText } from './strings';
import { requestsKey, type RequestDetail } from './types';

type Row = RequestDetail['records'][number];

/** The records that a request is about. They are read, and the reading kept, only when somebody looks. */
export function RequestRecords({ id }: { id: string }) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const detail = useQuery({
    queryKey: [...requestsKey, id],
    queryFn: ({ signal }) => http.get<RequestDetail>(`/api/retention/requests/${id}`, { signal }),
    refetchOnWindowFocus: false,
  });
  if (detail.isError && !detail.data) {
    return (
      <StateView
        kind="error"
        error={detail.error}
        safe={text('safe')}
        onRetry={() => void detail.refetch()}
      />
    );
  }
  const columns: Column<Row>[] = [
    { key: 'patient', head: text('column.patient'), lead: true, cell: (row) => row.patient_name },
    { key: 'doctor', head: text('column.doctor'), cell: (row) => row.practitioner_name },
    {
      key: 'visit',
      head: text('column.visit'),
      cell: (row) => time.shortDate(row.ended_at ?? row.scheduled_start),
    },
    {
      key: 'due',
      head: text('column.until'),
      cell: (row) => text('until', { day: time.shortDate(row.due_at), rule: row.rule }),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: (row) =>
        row.spared !== null ? (
          <StatusPill icon={IconLock} tone="amber">
            {text(`spared.${row.spared}`)}
          </StatusPill>
        ) : row.register_seq === null ? (
          text('stillKept')
        ) : (
          <StatusPill icon={IconCircleCheck} tone="good">
            {text('inRegister', { seq: row.register_seq })}
          </StatusPill>
        ),
    },
  ];
  return (
    <DenseTable
      label={text('request.list')}
      columns={columns}
      rows={detail.data?.records}
      rowKey={(row) => row.consultation_id}
      expected={2}
    />
  );
}
