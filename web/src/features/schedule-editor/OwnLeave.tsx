import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '../../shared/http';
import { useSentences } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { LeavePanel } from './LeavePanel';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import type { OwnLeaves } from './types';

const queryKey = ['own-leave'];

/** The doctor's own leave: on these days nobody can be booked. */
export function OwnLeave() {
  const text = useScheduleEditorText();
  const sentences = useSentences();
  const { zone } = useHospitalTime();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<OwnLeaves>('/api/leave', { signal }),
  });
  if (!data) {
    return error ? (
      <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
    ) : (
      <StateView kind="loading" shape="form" />
    );
  }
  return (
    <Stack gap="md">
      <p className={classes.quiet}>{sentences(text('leave.lead'), text('zone', { zone }))}</p>
      <LeavePanel
        leaves={data.leaves.map(({ leave }) => leave)}
        booked={new Map(data.leaves.map(({ leave, booked }) => [leave.id, booked]))}
        address="/api/leave"
        countAddress="/api/leave/visits"
        addressOf={(id) => `/api/leave/${id}`}
        onChanged={() => client.invalidateQueries({ queryKey })}
      />
    </Stack>
  );
}
