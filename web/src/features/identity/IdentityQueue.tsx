import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { InlineError, StateView, StatusPill } from '../../shared/ui';
import classes from './Identity.module.css';
import { LookUp } from './LookUp';
import { OpinionMark } from './OpinionMark';
import { ReturnDialog } from './ReturnDialog';
import { useIdentityText } from './strings';
import { UnlinkedPatients } from './UnlinkedPatients';
import { unlinkedKey } from './useUnlinked';

export type ToDecide = components['schemas']['IdentityToDecide'];
type Checks = components['schemas']['IdentitiesToDecide'];

const queryKey = ['identity', 'waiting'];

/** The documents that wait to be compared, longest first. */
export function IdentityQueue() {
  const text = useIdentityText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const checks = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Checks>('/api/identity-checks', { signal }),
    // Every reading leaves a line for each patient.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const [returning, setReturning] = useState<ToDecide>();
  const [said, setSaid] = useState<{ key: 'queue.approved' | 'queue.returned'; name: string }>();
  const approve = useMutation({
    mutationFn: ({ id }: ToDecide) => http.post(`/api/identity-checks/${id}/approve`),
    onSuccess: (_, { patient_name: name }) => setSaid({ key: 'queue.approved', name }),
    onSettled: () =>
      Promise.all(
        [queryKey, unlinkedKey].map((key) => client.invalidateQueries({ queryKey: key })),
      ),
  });

  const columns: Column<ToDecide>[] = [
    {
      key: 'patient',
      head: text('queue.column.patient'),
      lead: true,
      cell: ({ patient_name: name }) => <bdi className={classes.name}>{name}</bdi>,
    },
    {
      key: 'born',
      head: text('queue.column.born'),
      cell: ({ birth_date: born, number_birth_date: said }) => (
        <span className={classes.document}>
          <span className={classes.number}>{born}</span>
          {said !== null && said !== born && (
            <span className={classes.opinion}>
              <StatusPill icon={IconAlertTriangle} tone="bad">
                {text('queue.otherBirthDate', { date: said })}
              </StatusPill>
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'document',
      head: text('queue.column.document'),
      cell: ({ kind, number, opinion, compared }) => (
        <span className={classes.document}>
          <span className={classes.quiet}>{text(`kind.${kind}`)}</span>
          <code className={classes.number}>{number}</code>
          {(opinion !== null || compared) && <OpinionMark opinion={opinion} />}
        </span>
      ),
    },
    {
      key: 'since',
      head: text('queue.column.since'),
      cell: ({ submitted_at: at }) => (
        <span className={classes.number}>
          {time.shortDate(at)} {time.minutes(at)}
        </span>
      ),
    },
    {
      key: 'do',
      head: text('queue.column.do'),
      actions: true,
      cell: (check) => (
        <span className={classes.acts}>
          <Button
            aria-label={text('queue.approveOf', { name: check.patient_name })}
            loading={approve.isPending && approve.variables.id === check.id}
            disabled={approve.isPending}
            onClick={() => approve.mutate(check)}
          >
            {text('queue.approve')}
          </Button>
          <Button
            variant="default"
            aria-label={text('queue.returnOf', { name: check.patient_name })}
            onClick={() => setReturning(check)}
          >
            {text('queue.return')}
          </Button>
          <LookUp checkId={check.id} name={check.patient_name} />
        </span>
      ),
    },
  ];
  const rows = checks.data?.checks;

  return (
    <Page
      title={text('queue.title')}
      lead={text('queue.lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={checks.isFetching}
          onClick={() => {
            void checks.refetch();
            void client.invalidateQueries({ queryKey: unlinkedKey });
          }}
        >
          {text('queue.refresh')}
        </Button>
      }
    >
      {approve.isError && <InlineError error={approve.error} />}
      <p className={classes.said} role="status">
        {said && text(said.key, { name: said.name })}
      </p>
      {checks.isError && !rows ? (
        <StateView
          kind="error"
          error={checks.error}
          safe={text('queue.safe')}
          onRetry={() => void checks.refetch()}
        />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconCircleCheck}
          title={text('queue.empty.what')}
          detail={text('queue.empty.next')}
        />
      ) : (
        <DenseTable
          label={text('queue.list')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          expected={3}
        />
      )}
      <UnlinkedPatients />
      {returning && (
        <ReturnDialog
          check={returning}
          onClose={() => setReturning(undefined)}
          onReturned={() => {
            setSaid({ key: 'queue.returned', name: returning.patient_name });
            setReturning(undefined);
            void client.invalidateQueries({ queryKey });
          }}
        />
      )}
    </Page>
  );
}
