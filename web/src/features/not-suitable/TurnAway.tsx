import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconBuildingHospital } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { newId, type ConsultationRoom } from '../../shared/live';
import { InlineError } from '../../shared/ui';
import { useNotSuitableText } from './strings';

const reasons = ['emergency', 'examination', 'first_visit', 'other'] as const;
const referrals = ['emergency', 'department', 'hospital'] as const;
const placeMax = 120;
const wordsMax = 1000;

type Reason = (typeof reasons)[number];
type Referral = (typeof referrals)[number];

export interface TurnAwayProps {
  room: Pick<ConsultationRoom, 'turnAway'>;
  patientName: string;
}

/** The doctor's way to end a visit that cannot go on online: why, and where the patient should go. */
export function TurnAway({ room, patientName }: TurnAwayProps) {
  const text = useNotSuitableText();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconBuildingHospital size={18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {text('open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={text('title')}
        closeButtonProps={{ 'aria-label': text('cancel') }}
      >
        <Decision room={room} patientName={patientName} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function Decision({ room, patientName, onClose }: TurnAwayProps & { onClose: () => void }) {
  const text = useNotSuitableText();
  const [reason, setReason] = useState<Reason | null>(null);
  const [referral, setReferral] = useState<Referral | null>(null);
  const [place, setPlace] = useState('');
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState(false);
  // A changed decision is another message; the same one sent again is kept once.
  const [messageId, setMessageId] = useState(newId);
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setMessageId(newId());
    };

  const ending = useMutation({
    mutationFn: (decision: { reason: Reason; referral: Referral }) =>
      room.turnAway({ message_id: messageId, ...decision, place, words }),
    onSuccess: onClose,
  });
  const to = reason === 'emergency' ? 'emergency' : referral;
  const missing = {
    reason: reason === null,
    referral: to === null,
    place: to !== null && to !== 'emergency' && place.trim() === '',
    words: reason === 'other' && words.trim() === '',
  };
  const fault = (field: keyof typeof missing) => asked && missing[field] && text('missing');

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason === null || to === null || missing.place || missing.words) return;
    if (!ending.isPending) ending.mutate({ reason, referral: to });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>{text('follows', { name: patientName })}</p>
        <Radio.Group
          label={text('reason')}
          value={reason}
          onChange={(value) => changed(setReason)(value)}
          error={fault('reason')}
        >
          <Stack gap="xs" mt="xs">
            {reasons.map((one) => (
              <Radio key={one} value={one} label={text(`reasons.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Radio.Group
          label={text('referral')}
          value={to}
          onChange={(value) => changed(setReferral)(value)}
          error={fault('referral')}
        >
          <Stack gap="xs" mt="xs">
            {referrals.map((one) => (
              <Radio
                key={one}
                value={one}
                label={text(`referrals.${one}`)}
                disabled={reason === 'emergency' && one !== 'emergency'}
              />
            ))}
          </Stack>
        </Radio.Group>
        {to !== null && to !== 'emergency' && (
          <TextInput
            label={text('place')}
            description={text('placeHint')}
            value={place}
            onChange={(event) => changed(setPlace)(event.currentTarget.value)}
            maxLength={placeMax}
            required
            error={fault('place')}
          />
        )}
        <Textarea
          label={text('words')}
          description={text('wordsHint')}
          value={words}
          onChange={(event) => changed(setWords)(event.currentTarget.value)}
          maxLength={wordsMax}
          required={reason === 'other'}
          autosize
          minRows={2}
          maxRows={6}
          error={fault('words')}
        />
        {ending.error && <InlineError error={ending.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={ending.isPending}>
            {text('cancel')}
          </Button>
          <Button type="submit" color="bad" loading={ending.isPending}>
            {text('confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
