import { Button, Stack, Title } from '@mantine/core';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import {
  changeState,
  ChangeSaid,
  RebookingOffers,
  useWaitlist,
  WaitlistCards,
  type Change,
} from '../../features/appointment-changes';
import { HeldBookings, RequestedBookings } from '../../features/booking';
import { IdentityTodo } from '../../features/identity';
import { upcomingOf, useComingVisits, useNow, VisitCard, VisitList } from '../../features/visits';
import { useAccount } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import { InlineError, StateView } from '../../shared/ui';
import classes from './sections.module.css';
import {
  bookingPath,
  changePath,
  doctorsPath,
  keptPath,
  offerPath,
  onwardPath,
  visitPath,
} from './paths';
import { usePatientText } from './strings';
import { VisitFollowUps } from './VisitFollowUps';

export function PatientHome() {
  const account = useAccount();
  const navigate = useNavigate();
  const text = usePatientText();
  const now = useNow();
  const { data } = useComingVisits(now);
  const waitlist = useWaitlist();
  const ahead = data === undefined || upcomingOf(data, now).length > 0;
  const say = (change: Change) => void navigate('/', { replace: true, state: changeState(change) });
  usePageTitle(text('home.title'));
  return (
    <Stack gap="lg">
      <Title order={1}>{text('home.greeting', { name: account.display_name })}</Title>
      <ChangeSaid />
      <RebookingOffers to={offerPath} onTaken={say} />
      <HeldBookings
        to={onwardPath}
        but={(waitlist.data ?? []).flatMap(({ appointment_id: id }) => id ?? [])}
      />
      <WaitlistCards which="offered" to={keptPath} />
      <RequestedBookings to={({ id }) => bookingPath(id)} />
      <Ahead />
      <WaitlistCards which="waiting" to={keptPath} />
      <IdentityTodo to="/me" />
      <VisitFollowUps />
      {/* With nothing ahead it is the one thing to press, and stands there. */}
      {ahead && (
        <Button
          component={Link}
          to={doctorsPath}
          variant="default"
          leftSection={<IconSearch size={20} aria-hidden />}
        >
          {text('home.find')}
        </Button>
      )}
      <nav className={classes.more} aria-label={text('home.more')}>
        <Link to="/records" className={classes.link}>
          {text('home.records')}
        </Link>
        <Link to="/me/readers" className={classes.link}>
          {text('me.readers')}
        </Link>
      </nav>
    </Stack>
  );
}

/** What is still to come: the next visit large, the others as a list. */
function Ahead() {
  const text = usePatientText();
  const now = useNow();
  const { data, error, isPending, refetch } = useComingVisits(now);

  if (isPending) return <StateView kind="loading" shape="card" />;
  if (!data) {
    return (
      <StateView
        kind="error"
        error={error}
        safe={text('home.safe')}
        onRetry={() => void refetch()}
      />
    );
  }
  const [next, ...later] = upcomingOf(data, now);
  return (
    <>
      {error && <InlineError error={error} />}
      {next ? (
        <VisitCard visit={next} now={now} to={visitPath(next)} changeTo={changePath(next)} />
      ) : (
        <StateView
          kind="empty"
          icon={IconCalendar}
          title={text('home.what')}
          detail={text('home.next')}
          action={{ label: text('home.find'), to: doctorsPath }}
        />
      )}
      {later.length > 0 && (
        <section>
          <h2 className={classes.heading}>{text('home.later')}</h2>
          <VisitList visits={later} now={now} to={visitPath} label={text('home.later')} />
        </section>
      )}
    </>
  );
}
