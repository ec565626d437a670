import { Button, Stack, Title } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { Link } from 'react-router';
import { stageOf, useNow, usePastVisits, VisitList, type ListedVisit } from '../../features/visits';
import { usePageTitle } from '../../shared/shell';
import { InlineError, StateView } from '../../shared/ui';
import { visitPath } from './paths';
import classes from './sections.module.css';
import { usePatientText } from './strings';

export function PatientRecords() {
  const text = usePatientText();
  usePageTitle(text('records.title'));
  return (
    <Stack gap="lg">
      <Title order={1}>{text('records.title')}</Title>
      <Past />
      <p className={classes.lead}>
        {text('records.receipt')}{' '}
        <Link to="/receipt" className={classes.link}>
          {text('records.receiptCheck')}
        </Link>
      </p>
      <Link to="/me/readers" className={classes.link}>
        {text('me.readers')}
      </Link>
    </Stack>
  );
}

/** Visits that are over. Of those that took place there is something to read; a cancelled one says what there is instead. */
function Past() {
  const text = usePatientText();
  const now = useNow(60_000);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    usePastVisits();

  if (isPending) return <StateView kind="loading" shape="list" />;
  if (!data) return <StateView kind="error" error={error} onRetry={() => void refetch()} />;
  const past = data.pages.flatMap((page) => page.appointments);
  if (past.length === 0) {
    return (
      <StateView
        kind="empty"
        icon={IconClipboardText}
        title={text('records.what')}
        detail={text('records.next')}
      />
    );
  }
  const to = (visit: ListedVisit) =>
    visit.state === 'cancelled' || ['finished', 'unclosed'].includes(stageOf(visit, now))
      ? visitPath(visit)
      : undefined;
  return (
    <>
      <VisitList visits={past} now={now} to={to} label={text('records.list')} withStage />
      {error && <InlineError error={error} />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('records.more')}
        </Button>
      )}
    </>
  );
}
