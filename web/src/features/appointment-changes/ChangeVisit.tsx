import { Button, Card, Stack, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { hasCode } from '../../shared/http';
import { useStanding } from '../../shared/practitioner';
import { ConfirmDialog, StateView } from '../../shared/ui';
import type { Change } from './ChangeSaid';
import classes from './Changes.module.css';
import { useBooking, useCancel, useMove, useTerms, type Booking, type Terms } from './changes';
import { useChangesText } from './strings';
import { useMoment } from './useMoment';

export interface ChangeVisitProps {
  bookingId: string;
  /** The time to which it is to be moved, once one is chosen. */
  at: string | undefined;
  /** Where the patient's visits are. */
  home: string;
  /** Where a time is chosen: this page without one. */
  again: string;
  /** The doctor's free times, each leading to this page with its time. */
  times: (doctorId: string) => ReactNode;
  onDone: (change: Change) => void;
}

/** Moving or cancelling one visit: what each means is said before anything is done. */
export function ChangeVisit({ bookingId, home, ...props }: ChangeVisitProps) {
  const text = useChangesText();
  const booking = useBooking(bookingId);
  const terms = useTerms(bookingId);
  const over =
    hasCode(terms.error, 'appointment.wrong_state') ||
    hasCode(terms.error, 'consultation.wrong_state');

  if (over) {
    return (
      <StateView
        kind="finished"
        first
        title={text('change.over')}
        detail={text('change.overNext')}
        action={{ label: text('change.home'), to: home }}
      />
    );
  }
  if (booking.isPending || terms.isPending) return <StateView kind="loading" shape="card" />;
  if (!booking.data || !terms.data) {
    return (
      <StateView
        kind="error"
        first
        error={booking.error ?? terms.error}
        safe={text('change.safe')}
        onRetry={() => {
          void booking.refetch();
          void terms.refetch();
        }}
      />
    );
  }
  return (
    <Stack gap="lg">
      <Link to={home} className={classes.back}>
        <IconArrowLeft size={20} aria-hidden />
        {text('change.back')}
      </Link>
      <Known visit={booking.data} terms={terms.data} {...props} />
    </Stack>
  );
}

interface KnownProps extends Omit<ChangeVisitProps, 'bookingId' | 'home'> {
  visit: Booking;
  terms: Terms;
}

function Known({ visit, terms, at, again, times, onDone }: KnownProps) {
  const text = useChangesText();
  const standing = useStanding();
  const moment = useMoment();
  return (
    <>
      <Title order={1}>{text('change.title')}</Title>
      <Card component="section" aria-label={text('change.now')}>
        <p className={classes.strong}>{moment.at(visit.starts_at)}</p>
        <p className={classes.quiet}>
          {visit.practitioner_name} · {standing(visit.practitioner_title, visit.specialty)}
        </p>
      </Card>
      {at === undefined ? (
        <>
          <section>
            <Stack gap="sm">
              <h2 className={classes.heading}>{text('change.move')}</h2>
              <p className={classes.quiet}>
                {terms.can_move
                  ? text('change.moveUntil', { when: moment.at(terms.move_until) })
                  : text('change.moveLate')}
              </p>
              {terms.can_move && times(visit.practitioner_id)}
            </Stack>
          </section>
          {terms.step === 'begun' ? (
            <Begun />
          ) : (
            <Cancel visit={visit} terms={terms} onDone={onDone} />
          )}
        </>
      ) : (
        <Move visit={visit} at={at} again={again} onDone={onDone} />
      )}
    </>
  );
}

function Move({
  visit,
  at,
  again,
  onDone,
}: Pick<KnownProps, 'visit' | 'again' | 'onDone'> & { at: string }) {
  const text = useChangesText();
  const moment = useMoment();
  const move = useMove(visit.id);
  if (Number.isNaN(Date.parse(at))) {
    return (
      <StateView
        kind="empty"
        title={text('move.broken')}
        detail={text('change.safe')}
        action={{ label: text('move.other'), to: again }}
      />
    );
  }
  return (
    <Card component="section" aria-label={text('move.title')}>
      <Stack gap="md">
        <h2 className={classes.heading}>{text('move.title')}</h2>
        <dl className={classes.moves}>
          <dt className={classes.quiet}>{text('move.from')}</dt>
          <dd className={classes.gone}>{moment.at(visit.starts_at)}</dd>
          <dt className={classes.quiet}>{text('move.to')}</dt>
          <dd className={classes.strong}>{moment.at(at)}</dd>
        </dl>
        <p className={classes.quiet}>{text('move.paid')}</p>
        {move.isError && <StateView kind="error" error={move.error} safe={text('change.safe')} />}
        <Button
          loading={move.isPending}
          onClick={() =>
            move.mutate(
              { starts_at: at },
              {
                onSuccess: () =>
                  onDone({ moved: { starts_at: at, practitioner_name: visit.practitioner_name } }),
              },
            )
          }
        >
          {text('move.do')}
        </Button>
        <Button component={Link} to={again} variant="default">
          {text('move.other')}
        </Button>
      </Stack>
    </Card>
  );
}

/** Cancelling is over: what is true of the fee from now on. */
function Begun() {
  const text = useChangesText();
  return (
    <Card component="section" aria-label={text('begun.title')}>
      <Stack gap="sm">
        <h2 className={classes.heading}>{text('begun.title')}</h2>
        <p className={classes.quiet}>{text('begun.fee')}</p>
      </Stack>
    </Card>
  );
}

function Cancel({ visit, terms, onDone }: Pick<KnownProps, 'visit' | 'terms' | 'onDone'>) {
  const text = useChangesText();
  const moment = useMoment();
  const cancel = useCancel(visit.id);
  const [asking, setAsking] = useState(false);
  const back = useBack(terms);
  return (
    <Card component="section" aria-label={text('terms.title')}>
      <Stack gap="sm">
        <h2 className={classes.heading}>{text('terms.title')}</h2>
        <p className={classes.strong}>{back}</p>
        {terms.currency !== null && (
          <p className={classes.quiet}>
            {text(terms.step === 'free' ? 'terms.free' : 'terms.late', {
              when: moment.at(terms.free_until),
              percent: terms.late_percent,
            })}
          </p>
        )}
        <Button variant="outline" color="bad" onClick={() => setAsking(true)}>
          {text('change.cancel')}
        </Button>
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={text('cancel.title')}
        confirmLabel={text('cancel.do')}
        keepLabel={text('cancel.keep')}
        onConfirm={async () => {
          await cancel.mutateAsync({ back_minor: terms.back_minor });
          const { paid_minor, back_minor, currency } = terms;
          onDone({ cancelled: { paid_minor, back_minor, currency } });
        }}
        onClose={() => setAsking(false)}
      >
        <p>
          {text('cancel.body', {
            name: visit.practitioner_name,
            when: moment.at(visit.starts_at),
          })}
        </p>
        <p className={classes.strong}>{back}</p>
      </ConfirmDialog>
    </Card>
  );
}

/** What comes back on cancelling now, in one sentence. */
function useBack({ paid_minor: paid, back_minor: back, currency }: Terms): string {
  const text = useChangesText();
  const { money } = useMoment();
  if (currency === null) return text('terms.unpaid');
  if (back === 0) return text('terms.nothing', { paid: money(paid, currency) });
  if (back === paid) return text('terms.all', { paid: money(paid, currency) });
  return text('terms.back', { back: money(back, currency), paid: money(paid, currency) });
}
