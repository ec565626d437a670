import { Button, SegmentedControl } from '@mantine/core';
import { IconCircleCheck, IconRefresh, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { Page, PagedTable, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { InlineError, StatusPill } from '../../shared/ui';
import { DeliveryFigures, figuresKey } from './DeliveryFigures';
import classes from './Deliveries.module.css';
import { marks, reasonOf, shownOf, type State } from './states';
import { useDeliveriesText } from './strings';

type Delivery = components['schemas']['DeliveryView'];
type Deliveries = components['schemas']['DeliveriesView'];
type Shown = State | 'all';

const shownStates: Shown[] = ['given-up', 'failed', 'sent', 'all'];

/** What became of notices: what failed and why, and sending it again. */
export function DeliveriesPage() {
  const text = useDeliveriesText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const [shown, setShown] = useState<Shown>('given-up');
  const queryKey = ['notices', shown];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) =>
      http.get<Deliveries>('/api/notices', {
        signal,
        query: { state: shown === 'all' ? undefined : shown, before: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
    // Each reading leaves a line for every patient in it: it is read when somebody looks.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['notices'] });
    await client.invalidateQueries({ queryKey: figuresKey });
  };
  const again = useMutation({
    mutationFn: ({ id }: Delivery) => http.post(`/api/notices/${id}/send-again`),
    onSettled: refresh,
  });
  const rows = pages.data?.pages.flatMap(({ notices }) => notices);

  const columns: Column<Delivery>[] = [
    {
      key: 'what',
      head: text('column.what'),
      lead: true,
      cell: ({ kind, channel, patient_name: name, starts_at: at }) => (
        <div className={classes.what}>
          <span className={classes.kind}>{text(`kind.${kind}`)}</span>
          <span className={classes.quiet}>
            <bdi>{name}</bdi> · {text(`channel.${channel}`)} ·{' '}
            {text('visit', { when: `${time.shortDate(at)} ${time.minutes(at)}` })}
          </span>
        </div>
      ),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ state, reason }) => {
        const shown = shownOf(state, reason);
        return <StatusPill {...marks[shown]}>{text(`state.${shown}`)}</StatusPill>;
      },
    },
    {
      key: 'why',
      head: text('column.why'),
      cell: ({ reason, channel }) => (reason === null ? '–' : reasonOf(reason, channel, text)),
    },
    { key: 'tries', head: text('column.tries'), numeric: true, cell: ({ tries }) => tries },
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ due_at: at }) => (
        <time dateTime={at} className={classes.when}>
          {time.shortDate(at)} {time.minutes(at)}
        </time>
      ),
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (one) =>
        one.state === 'given-up' && (
          <Button
            variant="default"
            leftSection={<IconSend size={16} aria-hidden />}
            aria-label={text('againOf', {
              kind: text(`kind.${one.kind}`),
              name: one.patient_name,
            })}
            loading={again.isPending && again.variables.id === one.id}
            disabled={again.isPending}
            onClick={() => again.mutate(one)}
          >
            {text('again')}
          </Button>
        ),
    },
  ];
  const none = shown === 'given-up' ? 'emptyGivenUp' : 'empty';

  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={pages.isFetching && !pages.isFetchingNextPage}
          onClick={() => void refresh()}
        >
          {text('refresh')}
        </Button>
      }
    >
      <DeliveryFigures />
      <SegmentedControl
        className={classes.filter}
        aria-label={text('filter')}
        value={shown}
        onChange={(value) => setShown(value)}
        data={shownStates.map((value) => ({
          value,
          label: value === 'all' ? text('all') : text(`state.${value}`),
        }))}
      />
      {again.isError && <InlineError error={again.error} />}
      <p className={classes.said} role="status">
        {again.isSuccess && text('sentAgain')}
      </p>
      <PagedTable
        list={pages}
        safe={text('safe')}
        empty={{
          icon: IconCircleCheck,
          title: text(`${none}.what`),
          detail: text(`${none}.next`),
        }}
        more={text('older')}
        label={text('list')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        expected={4}
      />
    </Page>
  );
}
