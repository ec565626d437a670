import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../shared/http';
import { InlineError, StateView } from '../../shared/ui';
import { useMissing } from './missing';
import { ownProfile } from './ownProfile';
import type { Field, Profile } from './profile';
import classes from './Profile.module.css';
import { ProfileForm } from './ProfileForm';
import { StatePill } from './StatePill';
import { useDoctorApprovalText } from './strings';

const approved: readonly Field[] = [
  'title',
  'specialty',
  'licence_number',
  'fee_minor',
  'practising_since',
];

/** The doctor's own profile: where it stands, what is missing, the form, and handing it in. */
export function OwnProfile() {
  const text = useDoctorApprovalText();
  const client = useQueryClient();
  const [typing, setTyping] = useState(false);
  const [handedIn, setHandedIn] = useState(false);
  const missingOf = useMissing();
  const { data, error, refetch } = useQuery(ownProfile);
  const keep = (profile: Profile) => client.setQueryData(ownProfile.queryKey, profile);
  const submit = useMutation({
    mutationFn: () => http.post<Profile>('/api/profile/submit'),
    onSuccess: (profile) => {
      setHandedIn(true);
      keep(profile);
    },
  });
  if (!data) {
    return error ? (
      <StateView kind="error" error={error} onRetry={() => void refetch()} />
    ) : (
      <StateView kind="loading" shape="form" />
    );
  }
  const { state, reason } = data;
  const open = state === 'draft' || state === 'returned';
  // The consent is the administration's to file.
  const missing = missingOf(data, 'consent_on_file');
  return (
    <Stack gap="lg">
      <div className={classes.standing}>
        <span>
          <StatePill state={state} />
        </span>
        <p>{text(`own.${state}`)}</p>
        {reason !== null && <p>{text('reasonWas', { reason })}</p>}
        {open && missing !== '' && (
          <p className={classes.quiet}>{text('missing', { things: missing })}</p>
        )}
      </div>
      <p className={classes.said} role="status">
        {handedIn && state === 'submitted' && text('own.submitted_said')}
      </p>
      <ProfileForm
        key={open ? 'open' : state}
        profile={data}
        address="/api/profile"
        fixed={open ? [] : state === 'approved' ? approved : 'all'}
        onSaved={keep}
        onTyping={setTyping}
      />
      {open && (
        <Stack gap="xs">
          {submit.isError && <InlineError error={submit.error} />}
          <div>
            <Button
              variant="light"
              disabled={missing !== '' || typing}
              loading={submit.isPending}
              onClick={() => submit.mutate()}
            >
              {text('own.submit')}
            </Button>
          </div>
          {typing && <p className={classes.quiet}>{text('own.unsaved')}</p>}
        </Stack>
      )}
    </Stack>
  );
}
