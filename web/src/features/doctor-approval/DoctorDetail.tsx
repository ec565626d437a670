import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import { Page } from '../../shared/console';
import { describeField, http } from '../../shared/http';
import { ConfirmDialog, InlineError, StateView } from '../../shared/ui';
import { useMissing } from './missing';
import type { Profile } from './profile';
import classes from './Profile.module.css';
import { ProfileForm } from './ProfileForm';
import { StatePill } from './StatePill';
import { useDoctorApprovalText } from './strings';

type Verb = 'approve' | 'return' | 'suspend';

export interface DoctorDetailProps {
  doctorId: string;
  /** Where all the doctors are. */
  back: string;
  /** What else the administration does for the doctor: the schedule. */
  children: ReactNode;
}

/** One doctor for the administration: the decision first, then the profile, then the schedule. */
export function DoctorDetail({ doctorId, back, children }: DoctorDetailProps) {
  const text = useDoctorApprovalText();
  const client = useQueryClient();
  const queryKey = ['doctor-profile', doctorId];
  const address = `/api/doctor-profiles/${doctorId}`;
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Profile>(address, { signal }),
    // The form keeps what is being typed: it is read anew only when asked.
    staleTime: Infinity,
  });
  const [said, setSaid] = useState<Verb>();
  const keep = (profile: Profile) => {
    client.setQueryData(queryKey, profile);
    void client.invalidateQueries({ queryKey: ['doctor-profiles'] });
  };
  if (!data) {
    return (
      <Page title={text('title')}>
        {error ? (
          <StateView
            kind="error"
            error={error}
            safe={text('safe')}
            onRetry={() => void refetch()}
          />
        ) : (
          <StateView kind="loading" shape="form" />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={data.name}
      lead={
        <Link to={back} className={classes.back}>
          {text('back')}
        </Link>
      }
    >
      <p className={classes.said} role="status">
        {said && text(`${said}.said`, { name: data.name })}
      </p>
      <Decision
        profile={data}
        address={address}
        onDone={(verb, profile) => {
          setSaid(verb);
          keep(profile);
        }}
      />
      <section className={classes.card}>
        <ProfileForm
          profile={data}
          address={address}
          withConsent
          onSaved={(profile) => {
            setSaid(undefined);
            keep(profile);
          }}
        />
      </section>
      {children}
    </Page>
  );
}

const verbs: Record<Profile['state'], readonly Verb[]> = {
  draft: [],
  submitted: ['return', 'approve'],
  approved: ['suspend'],
  returned: [],
  suspended: ['approve'],
};

/** Whose turn it is, and at what. The institution's consent is the administration's to file, whenever. */
function turnOf(state: Profile['state'], missing: boolean, missingOfDoctor: boolean) {
  switch (state) {
    case 'draft':
      return missingOfDoctor ? 'fill' : 'handIn';
    case 'submitted':
      return missing ? 'complete' : 'decide';
    case 'returned':
    case 'suspended':
      return state;
    case 'approved':
      return undefined;
  }
}

interface DecisionProps {
  profile: Profile;
  address: string;
  onDone: (verb: Verb, profile: Profile) => void;
}

function Decision({ profile, address, onDone }: DecisionProps) {
  const text = useDoctorApprovalText();
  const missingOf = useMissing();
  const missing = missingOf(profile);
  const turn = turnOf(profile.state, missing !== '', missingOf(profile, 'consent_on_file') !== '');
  const [asking, setAsking] = useState<Verb>();
  const { name, state, reason } = profile;
  return (
    <section className={classes.card}>
      <div className={classes.decision}>
        <div className={classes.words}>
          <span>
            <StatePill state={state} />
          </span>
          {reason !== null && <p>{text('reasonWas', { reason })}</p>}
          <p className={classes.quiet}>
            {missing === '' ? text('nothingMissing') : text('missing', { things: missing })}
          </p>
          {turn && <p>{text(`turn.${turn}`, { name })}</p>}
        </div>
        <div className={classes.buttons}>
          {verbs[state].map((verb) => (
            <Button
              key={verb}
              variant={verb === 'approve' ? 'filled' : 'default'}
              disabled={verb === 'approve' && missing !== ''}
              onClick={() => setAsking(verb)}
            >
              {text(`${verb}.button`)}
            </Button>
          ))}
        </div>
      </div>
      <ConfirmDialog
        opened={asking === 'approve'}
        title={text('approve.title', { name })}
        confirmLabel={text('approve.do')}
        tone="plain"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => onDone('approve', await http.post<Profile>(`${address}/approve`))}
      >
        {text('approve.body')}
      </ConfirmDialog>
      {(asking === 'return' || asking === 'suspend') && (
        <ReasonDialog
          verb={asking}
          name={name}
          address={address}
          onClose={() => setAsking(undefined)}
          onDone={(done) => {
            setAsking(undefined);
            onDone(asking, done);
          }}
        />
      )}
    </section>
  );
}

interface ReasonDialogProps {
  verb: 'return' | 'suspend';
  name: string;
  address: string;
  onClose: () => void;
  onDone: (profile: Profile) => void;
}

function ReasonDialog({ verb, name, address, onClose, onDone }: ReasonDialogProps) {
  const text = useDoctorApprovalText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () => http.post<Profile>(`${address}/${verb}`, { reason: reason.trim() }),
    onSuccess: onDone,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') send.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={text(`${verb}.title`, { name })} withCloseButton={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <p>{text(`${verb}.body`)}</p>
          <Textarea
            label={text('reason')}
            autosize
            minRows={3}
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={
              tried && reason.trim() === ''
                ? text('reasonMissing')
                : describeField(send.error, 'reason')
            }
          />
          {send.isError && <InlineError error={send.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {text('cancel')}
            </Button>
            <Button
              type="submit"
              color={verb === 'suspend' ? 'bad' : 'brand'}
              loading={send.isPending}
            >
              {text(`${verb}.do`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
