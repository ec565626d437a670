import { Button, Card, Stack, Title } from '@mantine/core';
import { IconArrowLeft, IconCalendarExclamation } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSentences } from '../../shared/i18n';
import { useIsOther } from '../../shared/session';
import { ConfirmDialog, InlineError, StateView } from '../../shared/ui';
import type { Change } from './ChangeSaid';
import classes from './Changes.module.css';
import { useAccept, useDo, useOffers, type Offer } from './changes';
import { useChangesText } from './strings';
import { useMoment } from './useMoment';

/** Visits that the hospital called off, each with other times; nothing while there are none. */
export function RebookingOffers({
  to,
  onTaken,
}: {
  to: (offerId: string) => string;
  /** Told what was chosen. */
  onTaken: (change: Change) => void;
}) {
  const { data, error } = useOffers();
  if (!data) return error ? <InlineError error={error} /> : null;
  return data.map((offer) => (
    <One key={offer.id} offer={offer} to={to(offer.id)} onTaken={onTaken} />
  ));
}

/** The offer for one visit, put into its place: null when there is none, undefined before that is known. */
export function OfferOf({
  appointmentId,
  to,
  onTaken,
  children,
}: {
  appointmentId: string;
  to: (offerId: string) => string;
  onTaken: (change: Change) => void;
  children: (offer: ReactNode) => ReactNode;
}) {
  const { data, isPending } = useOffers();
  if (isPending) return children(undefined);
  const offer = data?.find(({ appointment_id: id }) => id === appointmentId);
  return children(offer ? <One offer={offer} to={to(offer.id)} onTaken={onTaken} /> : null);
}

function One({
  offer,
  to,
  onTaken,
}: {
  offer: Offer;
  to: string;
  onTaken: (change: Change) => void;
}) {
  const text = useChangesText();
  const sentences = useSentences();
  const moment = useMoment();
  const act = useDo();
  const isOther = useIsOther(offer.patient_name);
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState<Choice>();
  const name = offer.practitioner_name;
  const title = `offer-${offer.id}`;
  const fee =
    offer.fee_minor && offer.currency !== null
      ? moment.money(offer.fee_minor, offer.currency)
      : undefined;
  return (
    <Card component="section" aria-labelledby={title} data-testid="rebooking-offer">
      <Stack gap="sm">
        <h2 id={title} className={classes.title}>
          <IconCalendarExclamation size={22} stroke={1.75} aria-hidden />
          {text('offer.title', { name })}
        </h2>
        {isOther && (
          <p className={classes.strong}>{text('forWhom', { name: offer.patient_name })}</p>
        )}
        <p>
          {text('offer.was', { when: moment.at(offer.starts_at) })}
          <br />
          {sentences(text(`offer.why.${offer.why}`), text(fee ? 'offer.sorry' : 'offer.sorryFree'))}
        </p>
        {offer.alternatives.length > 0 && (
          <ul className={classes.choices} aria-label={text('offer.times')}>
            {offer.alternatives.map((one) => (
              <li key={`${one.practitioner_id} ${one.starts_at}`}>
                <button type="button" className={classes.choice} onClick={() => setChosen(one)}>
                  <span className={classes.strong}>{moment.at(one.starts_at)}</span>
                  <span className={classes.quiet}>
                    {text('offer.with', { name: one.practitioner_name })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <Button component={Link} to={to} variant="light">
          {text('offer.more')}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          {text(fee ? 'offer.decline' : 'offer.declineFree')}
        </Button>
        <p className={classes.quiet}>
          {text(fee ? 'offer.until' : 'offer.untilFree', { when: moment.at(offer.ends_at) })}
        </p>
      </Stack>
      <Take offer={offer} choice={chosen} onDone={onTaken} onClose={() => setChosen(undefined)} />
      <ConfirmDialog
        opened={asking}
        tone="plain"
        title={text(fee ? 'offer.declineTitle' : 'offer.declineTitleFree')}
        confirmLabel={text(fee ? 'offer.decline' : 'offer.declineFree')}
        onConfirm={() => act(`/api/rebooking-offers/${offer.id}/decline`)}
        onClose={() => setAsking(false)}
      >
        {fee ? text('offer.declineBody', { fee }) : text('offer.declineBodyFree')}
      </ConfirmDialog>
    </Card>
  );
}

interface Choice {
  practitioner_id: string;
  practitioner_name: string;
  starts_at: string;
}

interface TakeProps {
  offer: Offer;
  choice: Choice | undefined;
  onDone?: (change: Change) => void;
  onClose: () => void;
}

function Take({ offer, choice, onDone, onClose }: TakeProps) {
  const text = useChangesText();
  const moment = useMoment();
  const accept = useAccept(offer.id);
  return (
    <ConfirmDialog
      opened={choice !== undefined}
      tone="plain"
      title={text('offer.take')}
      confirmLabel={text('offer.takeDo')}
      onConfirm={async () => {
        if (!choice) return;
        const { practitioner_id, starts_at } = choice;
        await accept.mutateAsync({ practitioner_id, starts_at });
        onDone?.({ moved: choice });
      }}
      onClose={onClose}
    >
      {choice &&
        text('offer.takeBody', {
          when: moment.at(choice.starts_at),
          name: choice.practitioner_name,
        })}
    </ConfirmDialog>
  );
}

export interface OfferTimesProps {
  offerId: string;
  /** The time that was chosen, once one is. */
  at: string | undefined;
  home: string;
  times: (doctorId: string) => ReactNode;
  onDone: (change: Change) => void;
  /** Back to choosing. */
  onAgain: () => void;
}

/** All the free times of the same doctor, for a visit that was called off. */
export function OfferTimes({ offerId, at, home, times, onDone, onAgain }: OfferTimesProps) {
  const text = useChangesText();
  const moment = useMoment();
  const { data, error, isPending, refetch } = useOffers();
  const offer = data?.find(({ id }) => id === offerId);
  if (isPending) return <StateView kind="loading" shape="card" />;
  if (!data) {
    return (
      <StateView
        kind="error"
        first
        error={error}
        safe={text('change.safe')}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!offer) {
    return (
      <StateView
        kind="finished"
        first
        title={text('offer.gone')}
        detail={text('offer.goneNext')}
        action={{ label: text('change.home'), to: home }}
      />
    );
  }
  const { practitioner_id, practitioner_name } = offer;
  const chosen =
    at !== undefined && !Number.isNaN(Date.parse(at))
      ? { practitioner_id, practitioner_name, starts_at: at }
      : undefined;
  return (
    <Stack gap="lg">
      <Link to={home} className={classes.back}>
        <IconArrowLeft size={20} aria-hidden />
        {text('change.back')}
      </Link>
      <div>
        <Title order={1}>{text('offer.more')}</Title>
        <p className={classes.quiet}>
          {practitioner_name} · {text('offer.was', { when: moment.at(offer.starts_at) })}
        </p>
      </div>
      {times(practitioner_id)}
      <Take offer={offer} choice={chosen} onDone={onDone} onClose={onAgain} />
    </Stack>
  );
}
