import { Button, Stack, Title } from '@mantine/core';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { upcomingOf, useComingVisits, useNow, VisitCard, VisitList } from '../../features/visits';
import { useAccount } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import { InlineError, StateView } from '../../shared/ui';
import classes from './sections.module.css';
import { doctorsPath, visitPath } from './paths';
import { usePatientText } from './strings';

export function PatientHome() {
  const account = useAccount();
  const text = usePatientText();
  usePageTitle(text('home.title'));
  return (
    <Stack gap="lg">
      <Title order={1}>{text('home.greeting', { name: account.display_name })}</Title>
      <Ahead />
      <Button
        component={Link}
        to={doctorsPath}
        variant="default"
        leftSection={<IconSearch size={20} aria-hidden />}
      >
        {text('home.find')}
      </Button>
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
        <VisitCard visit={next} now={now} to={visitPath(next)} />
      ) : (
        <StateView
          kind="empty"
          icon={IconCalendar}
          title={text('home.what')}
          detail={text('home.next')}
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
