import { Button, Modal, NativeSelect, Stack } from '@mantine/core';
import { useMicrophoneLevel, type DeviceChoice, type RoomHandle } from '../../shared/live';
import { LevelMeter } from '../../shared/ui';
import { useCallText } from './strings';

export interface DeviceDialogProps {
  opened: boolean;
  onClose: () => void;
  visit: Pick<RoomHandle, 'media' | 'devices'>;
}

/** Which camera, microphone and loudspeaker are used; a change takes effect at once. */
export function DeviceDialog({ opened, onClose, visit }: DeviceDialogProps) {
  const text = useCallText();
  return (
    <Modal opened={opened} onClose={onClose} title={text('devices.title')} withCloseButton={false}>
      <Choices {...visit} onClose={onClose} />
    </Modal>
  );
}

function Choices({
  media,
  devices,
  onClose,
}: DeviceDialogProps['visit'] & { onClose: () => void }) {
  const text = useCallText();
  const level = useMicrophoneLevel(devices.microphone.on ? devices.microphone.track : null);
  const named = (choices: readonly DeviceChoice[]) =>
    choices.map(({ id, label }, index) => ({
      value: id,
      label: label || text('devices.unnamed', { number: index + 1 }),
    }));
  const used = (track: MediaStreamTrack | null) => track?.getSettings().deviceId ?? '';
  const system = { value: '', label: text('devices.system') };
  return (
    <Stack gap="md">
      <NativeSelect
        label={text('devices.microphone')}
        data={[...(devices.microphone.track ? [] : [system]), ...named(devices.microphones)]}
        value={used(devices.microphone.track)}
        onChange={(event) => void media.choose('microphone', event.currentTarget.value)}
      />
      <LevelMeter level={level} label={text('devices.level')} />
      <NativeSelect
        label={text('devices.camera')}
        data={[...(devices.camera.track ? [] : [system]), ...named(devices.cameras)]}
        value={used(devices.camera.track)}
        onChange={(event) => void media.choose('camera', event.currentTarget.value)}
      />
      {devices.speakers.length > 0 && (
        <NativeSelect
          label={text('devices.speaker')}
          data={[system, ...named(devices.speakers)]}
          value={devices.speaker}
          onChange={(event) => void media.choose('speaker', event.currentTarget.value)}
        />
      )}
      <Button onClick={onClose}>{text('devices.close')}</Button>
    </Stack>
  );
}
