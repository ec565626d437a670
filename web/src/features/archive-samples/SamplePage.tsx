import { Button, Progress } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck, IconCircleDashed, IconNote } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ConsultationPill, DenseTable, Page, RowLink, type Column } from '../../shared/console';
import { useHospitalTime } from '../../shared/session';
import { StateView, StatusPill } from '../../shared/ui';
import { RepeatPanel } from './RepeatPanel';
import { ReviewDialog } from './ReviewDialog';
import { readSample, sampleKey, type Sampled } from './samples';
import classes from './Samples.module.css';
import { useSamplesText } from './strings';
import { useDays } from './useDays';

export interface SamplePageProps {
  backTo: string;
  /** The address of a visit's record. */
  recordPath: (id: string) => string;
}

/** One sample: the visits to review, how far that is, and how to draw it again. */
export function SamplePage({ backTo, recordPath }: SamplePageProps) {
  const text = useSamplesText();
  const time = useHospitalTime();
  const { days, filter } = useDays();
  const { id = '' } = useParams();
  const [reviewing, setReviewing] = useState<Sampled>();
  const read = useQuery({
    queryKey: sampleKey(id),
    queryFn: ({ signal }) => readSample(id, signal),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  const view = read.data;
  const sample = view?.sample;
  const when = (at: string) => `${time.shortDate(at)} ${time.minutes(at)}`;

  const columns: Column<Sampled>[] = [
    { key: 'place', head: text('column.place'), numeric: true, cell: ({ place }) => place },
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
    {
      key: 'planned',
      head: text('column.planned'),
      cell: ({ scheduled_start: at }) => when(at),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ state }) => <ConsultationPill state={state} />,
    },
    {
      key: 'finding',
      head: text('column.finding'),
      cell: ({ review }) =>
        review === null ? (
          <StatusPill icon={IconCircleDashed}>{text('toReview')}</StatusPill>
        ) : (
          <span className={classes.finding}>
            <StatusPill
              icon={review.finding === 'note' ? IconNote : IconCircleCheck}
              tone={review.finding === 'note' ? 'amber' : 'good'}
            >
              {text(`finding.${review.finding}`)}
            </StatusPill>
            {review.note !== null && <span className={classes.note}>{review.note}</span>}
            <span className={classes.quiet}>
              {text('reviewedBy', { name: review.by_name, when: when(review.reviewed_at) })}
            </span>
          </span>
        ),
    },
    {
      key: 'act',
      head: text('column.act'),
      actions: true,
      cell: (row) => (
        <Button
          variant="default"
          aria-label={text('reviewOf', { patient: row.patient_name })}
          onClick={() => setReviewing(row)}
        >
          {text(row.review === null ? 'review' : 'reviewAgain')}
        </Button>
      ),
    },
  ];

  return (
    <Page
      title={sample ? text('sampleTitle', { days: days(sample) }) : text('title')}
      lead={
        sample && (
          <>
            {filter(sample)} ·{' '}
            {text('drawnBy', { name: sample.by_name, when: when(sample.created_at) })}
          </>
        )
      }
    >
      <Link to={backTo} className={classes.back}>
        <IconArrowLeft size={18} aria-hidden /> {text('back')}
      </Link>
      {view && sample ? (
        <>
          {sample.size === 0 ? (
            <StateView kind="empty" title={text('noItems.what')} detail={text('noItems.next')} />
          ) : (
            <section className={classes.list}>
              <div className={classes.progress}>
                <p role="status">
                  {text('progress', { reviewed: sample.reviewed, size: sample.size })}
                  {sample.noted > 0 && (
                    <span className={classes.noted}>{text('noted', { count: sample.noted })}</span>
                  )}
                </p>
                <Progress
                  value={(sample.reviewed / sample.size) * 100}
                  aria-label={text('progress', { reviewed: sample.reviewed, size: sample.size })}
                />
              </div>
              <DenseTable
                label={text('items')}
                columns={columns}
                rows={view.consultations}
                rowKey={({ consultation_id: key }) => key}
              />
            </section>
          )}
          <RepeatPanel view={view} />
        </>
      ) : read.isError ? (
        <StateView
          kind="error"
          error={read.error}
          safe={text('safe')}
          onRetry={() => void read.refetch()}
        />
      ) : (
        <StateView kind="loading" shape="list" />
      )}
      {reviewing && (
        <ReviewDialog
          key={reviewing.consultation_id}
          sampleId={id}
          sampled={reviewing}
          onClose={() => setReviewing(undefined)}
        />
      )}
    </Page>
  );
}
