import { Button, Group, Modal, Stack, TextInput, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconClockHour4, IconCopy } from '@tabler/icons-react';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { describeField } from '../../shared/http';
import { formatTimecode } from '../../shared/i18n';
import type { RoomHandle } from '../../shared/live';
import { InlineError, StateView } from '../../shared/ui';
import { inviteGuest, removeGuest, useInvitation, type VisitInvitation } from './invitation';
import classes from './InviteDialog.module.css';
import { useInvitationText } from './strings';

const nameMax = 40;

export interface InviteDialogProps {
  visit: RoomHandle;
  patientName: string;
  opened: boolean;
  onClose: () => void;
}

/** The doctor's way to ask a third person in: a name, then a link that is shown this once. */
export function InviteDialog({ visit, patientName, opened, onClose }: InviteDialogProps) {
  const text = useInvitationText();
  const { consultationId } = visit.room;
  const { data, error, refetch } = useInvitation(consultationId, visit.state.guestChanges, opened);
  const making = useMutation({
    mutationFn: (name: string) => inviteGuest(consultationId, name),
    onMutate: () => ending.reset(),
    onSuccess: () => refetch(),
  });
  const ending = useMutation<unknown, Error, { what: 'takenBack' | 'sentAway'; name: string }>({
    mutationFn: () => removeGuest(consultationId),
    onSettled: () => {
      making.reset();
      return refetch();
    },
  });
  const open = data?.invitation ?? null;
  const over = ending.isSuccess ? ending.variables : null;
  const close = () => {
    ending.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={text('title')}
      closeButtonProps={{ 'aria-label': text('shut') }}
    >
      {data === undefined && !error && <StateView kind="loading" shape="form" />}
      {error && <InlineError error={error} />}
      {data && open === null && (
        <Form
          said={over && text(over.what, { name: over.name })}
          patientName={patientName}
          making={making.isPending}
          error={making.error}
          onMake={(name) => making.mutate(name)}
          onClose={close}
        />
      )}
      {data && open !== null && (
        <Stack gap="md">
          {open.state === 'used' ? (
            <p role="status">{text('used', { name: open.guest_name })}</p>
          ) : (
            <Waiting
              invitation={open}
              link={making.data?.invitation.id === open.id ? making.data.link : null}
              aheadMs={data.aheadMs}
              onOver={() => void refetch()}
            />
          )}
          {ending.error && <InlineError error={ending.error} />}
          <Group justify="space-between" gap="sm">
            <Button
              variant="subtle"
              color="red"
              loading={ending.isPending}
              onClick={() =>
                ending.mutate({
                  what: open.state === 'used' ? 'sentAway' : 'takenBack',
                  name: open.guest_name,
                })
              }
            >
              {text(open.state === 'used' ? 'sendAway' : 'takeBack')}
            </Button>
            <Button variant="default" onClick={close}>
              {text('close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

interface FormProps {
  /** What came of the invitation before, if that was over just now. */
  said: string | null;
  patientName: string;
  making: boolean;
  error: Error | null;
  onMake: (name: string) => void;
  onClose: () => void;
}

function Form({ said, patientName, making, error, onMake, onClose }: FormProps) {
  const text = useInvitationText();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== '' && !making) onMake(name.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {said && <p role="status">{said}</p>}
        <p>{text('lead', { name: patientName })}</p>
        <TextInput
          label={text('name')}
          description={text('nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={nameMax}
          autoComplete="off"
          required
          data-autofocus
          error={
            (asked && name.trim() === '' && text('missing')) || describeField(error, 'guest_name')
          }
        />
        {error && <InlineError error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('cancel')}
          </Button>
          <Button type="submit" loading={making}>
            {text('make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface WaitingProps {
  invitation: NonNullable<VisitInvitation['invitation']>;
  /** Only where it was just made. */
  link: string | null;
  aheadMs: number;
  onOver: () => void;
}

function Waiting({ invitation, link, aheadMs, onOver }: WaitingProps) {
  const text = useInvitationText();
  const clipboard = useClipboard({ timeout: 4000 });
  const name = invitation.guest_name;
  const endsAt = Date.parse(invitation.expires_at) - aheadMs;
  const leftS = useSecondsLeft(endsAt);
  const over = leftS <= 0;
  useEffect(() => {
    if (over) onOver();
    // What is asked for then is the same, whoever asks.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [over]);
  if (over) return <p role="status">{text('over')}</p>;
  return (
    <>
      {link === null ? (
        <p>{text('waiting', { name })}</p>
      ) : (
        <>
          <TextInput
            label={text('link', { name })}
            description={text('linkHint', { name })}
            value={link}
            readOnly
            classNames={{ input: classes.link ?? '' }}
            onFocus={(event) => event.currentTarget.select()}
          />
          {clipboard.error && <p role="alert">{text('copyFailed')}</p>}
          <Button
            data-autofocus
            leftSection={
              clipboard.copied ? (
                <IconCheck size={18} aria-hidden />
              ) : (
                <IconCopy size={18} aria-hidden />
              )
            }
            onClick={() => clipboard.copy(link)}
          >
            {text(clipboard.copied ? 'copied' : 'copy')}
          </Button>
          {/* A live region in a button would take the button's name away. */}
          <VisuallyHidden role="status">{clipboard.copied && text('copied')}</VisuallyHidden>
        </>
      )}
      <p className={classes.left}>
        <IconClockHour4 size={18} aria-hidden />
        {text('left')} <span className={classes.count}>{formatTimecode(leftS)}</span>
      </p>
    </>
  );
}

function useSecondsLeft(endsAt: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((endsAt - now) / 1000));
}
