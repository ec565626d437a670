import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconHistory, IconPrinter } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { ConsultationPill } from '../../shared/console';
import { useHospitalTime } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import { StateView } from '../../shared/ui';
import { Replay } from './Replay';
import classes from './ReplayPage.module.css';
import { useReplayText } from './strings';
import { useRecord } from './useRecord';

export interface ReplayPageProps {
  /** The list this record was found in. */
  backTo: string;
}

/** One consultation's record, by the `id` in the address. */
export function ReplayPage({ backTo }: ReplayPageProps) {
  const { id = '' } = useParams();
  const text = useReplayText();
  const time = useHospitalTime();
  const reading = useRecord(id);
  const { record, error } = reading;

  const consultation = record?.consultation;
  const title =
    consultation &&
    text('title', {
      patient: consultation.patient_name,
      doctor: consultation.practitioner_name,
    });
  usePageTitle(title);

  return (
    <div className={classes.root}>
      <header className={classes.header}>
        <Link to={backTo} className={classes.back}>
          <IconArrowLeft size={18} aria-hidden /> {text('back')}
        </Link>
        <h1 className={classes.title}>
          {title ?? (error ? text('record') : <Skeleton height={18} width={220} />)}
        </h1>
        {consultation && (
          <>
            <span className={classes.when}>
              {text('scheduled', {
                when: `${time.date(consultation.scheduled_start)} ${time.minutes(consultation.scheduled_start)}`,
              })}
            </span>
            <ConsultationPill state={consultation.state} />
            <Tooltip label={text('print')}>
              <ActionIcon
                className={classes.print}
                aria-label={text('print')}
                onClick={() => window.print()}
              >
                <IconPrinter size={20} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </header>
      {record && record.entries.length > 0 ? (
        <Replay record={record} reading={reading} />
      ) : record ? (
        <StateView
          kind="empty"
          icon={IconHistory}
          title={text('empty.what')}
          detail={text('empty.next')}
        />
      ) : error ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={reading.again} />
      ) : (
        <Loading />
      )}
    </div>
  );
}

const lines = [62, 84, 47, 71, 90, 55];

/** The replay's own shape, so that nothing moves when the record is there. */
function Loading() {
  const text = useReplayText();
  return (
    <div className={classes.replay} role="status" aria-label={text('loading')}>
      <div className={`${classes.verdict} ${classes.loading}`}>
        <Skeleton height={16} width={120} />
        <Skeleton height={12} width="50%" />
      </div>
      <div className={`${classes.timeline} ${classes.loading}`}>
        <Skeleton height={36} width={146} />
        {[38, 38, 38, 30].map((height, index) => (
          <Skeleton key={index} height={height} />
        ))}
      </div>
      {[classes.transcript, classes.entry].map((place) => (
        <div key={place} className={place}>
          <div className={classes.loading}>
            {lines.map((width) => (
              <Skeleton key={width} height={14} width={`${width}%`} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
