import { Button } from '@mantine/core';
import { IconCircleCheck, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { InlineError, StateView } from '../../shared/ui';
import classes from './JobsPage.module.css';
import { hasJobsText, useJobsText } from './strings';

type Job = components['schemas']['DeadJob'];
type Jobs = components['schemas']['DeadJobs'];

const queryKey = ['jobs', 'dead'];

/** The background jobs that gave up: what failed, and running them again. */
export function JobsPage() {
  const text = useJobsText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const jobs = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Jobs>('/api/jobs', { signal, query: { state: 'dead' } }),
    refetchOnWindowFocus: false,
  });
  const retry = useMutation({
    mutationFn: ({ id }: Job) => http.post(`/api/jobs/${id}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });

  const nameOf = ({ name }: Job) => {
    const key = `name.${name}`;
    return hasJobsText(key) ? text(key) : name;
  };
  const argumentName = (name: string) => {
    const key = `arg.${name}`;
    return hasJobsText(key) ? text(key) : name;
  };

  const columns: Column<Job>[] = [
    {
      key: 'name',
      head: text('column.name'),
      lead: true,
      cell: (job) => (
        <div className={classes.job}>
          <span className={classes.name}>{nameOf(job)}</span>
          {Object.entries(job.args).map(([name, value]) => (
            <span key={name} className={classes.arg}>
              {argumentName(name)} <code>{value}</code>
            </span>
          ))}
        </div>
      ),
    },
    {
      key: 'what',
      head: text('column.what'),
      cell: ({ last_error: error }) =>
        error === null ? text('unknownError') : <code className={classes.error}>{error}</code>,
    },
    {
      key: 'attempts',
      head: text('column.attempts'),
      numeric: true,
      cell: ({ attempts }) => attempts,
    },
    {
      key: 'since',
      head: text('column.since'),
      cell: ({ enqueued_at: at }) =>
        at === null ? (
          text('unknownTime')
        ) : (
          <span className={classes.when}>
            {time.shortDate(at)} {time.minutes(at)}
          </span>
        ),
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (job) => (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          aria-label={text('retryOf', { name: nameOf(job), id: job.id })}
          loading={retry.isPending && retry.variables.id === job.id}
          disabled={retry.isPending}
          onClick={() => retry.mutate(job)}
        >
          {text('retry')}
        </Button>
      ),
    },
  ];
  const rows = jobs.data?.jobs;

  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={jobs.isFetching}
          onClick={() => void jobs.refetch()}
        >
          {text('refresh')}
        </Button>
      }
    >
      {retry.isError && <InlineError error={retry.error} />}
      <p className={classes.said} role="status">
        {retry.isSuccess && text('retried', { id: retry.variables.id })}
      </p>
      {jobs.isError && !rows ? (
        <StateView
          kind="error"
          error={jobs.error}
          safe={text('safe')}
          onRetry={() => void jobs.refetch()}
        />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconCircleCheck}
          title={text('empty.what')}
          detail={text('empty.next')}
        />
      ) : (
        <DenseTable
          label={text('list')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          expected={3}
        />
      )}
    </Page>
  );
}
