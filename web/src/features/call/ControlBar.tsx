import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconCameraRotate,
  IconChartBar,
  IconDots,
  IconMessage,
  IconMicrophone,
  IconMicrophoneOff,
  IconUserPlus,
  IconVideo,
  IconVideoOff,
  type Icon,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { ConnectionDialog } from './ConnectionDialog';
import classes from './ControlBar.module.css';
import { DeviceDialog } from './DeviceDialog';
import { EndControl } from './EndControl';
import type { CallStageProps } from './props';
import { useCallText } from './strings';
import { useShortcuts } from './useShortcuts';

interface ControlProps {
  icon: Icon;
  /** The action, as the visible word. */
  label: string;
  /** The accessible name, when it says more than the word. */
  name?: string;
  shortcut?: string;
  /** Drawn inverted: the device is off, the pane is open. */
  inverted?: boolean;
  expanded?: boolean;
  dot?: boolean;
  onPress?: () => void;
}

function Control({
  icon: Mark,
  label,
  name,
  shortcut,
  inverted,
  expanded,
  dot,
  onPress,
}: ControlProps) {
  const text = useCallText();
  const title = shortcut ? text('control.withKey', { label, key: shortcut }) : label;
  return (
    <UnstyledButton
      className={classes.control}
      data-inverted={inverted ?? false}
      aria-label={name ?? label}
      aria-keyshortcuts={shortcut}
      aria-expanded={expanded}
      title={title}
      onClick={onPress}
    >
      <span className={classes.icon}>
        <Mark size={22} stroke={1.75} aria-hidden />
        {dot && <span className={classes.dot} />}
      </span>
      <span className={classes.word} aria-hidden>
        {label}
      </span>
    </UnstyledButton>
  );
}

type ControlBarProps = Pick<
  CallStageProps,
  'visit' | 'chat' | 'onInvite' | 'invited' | 'onHangUp'
> & {
  shortcuts: boolean;
};

/** Everything that one does in a call, in one row; ending it stands apart. */
export function ControlBar(props: ControlBarProps) {
  const { visit, chat, onInvite, invited, onHangUp, shortcuts } = props;
  const text = useCallText();
  const { media, devices } = visit;
  const [dialog, setDialog] = useState<'devices' | 'details' | null>(null);
  const speaks = devices.microphone.on && devices.microphone.track !== null;
  const films = devices.camera.on && devices.camera.track !== null;
  const flipMicrophone = () => void media.setMicrophone(!speaks);
  const flipCamera = () => void media.setCamera(!films);
  useShortcuts(shortcuts, { m: flipMicrophone, v: flipCamera });
  const unread = chat?.unread ?? 0;

  return (
    <div className={classes.root} role="toolbar" aria-label={text('control.bar')}>
      <div className={classes.group}>
        <Control
          icon={speaks ? IconMicrophone : IconMicrophoneOff}
          label={text(speaks ? 'control.mute' : 'control.unmute')}
          shortcut="M"
          inverted={!speaks}
          onPress={flipMicrophone}
        />
        <Control
          icon={films ? IconVideo : IconVideoOff}
          label={text(films ? 'control.cameraOff' : 'control.cameraOn')}
          shortcut="V"
          inverted={!films}
          onPress={flipCamera}
        />
        {chat && (
          <Control
            icon={IconMessage}
            label={text('control.chat')}
            {...(unread > 0 ? { name: text('control.unread', { count: unread }) } : {})}
            expanded={chat.opened}
            dot={unread > 0}
            onPress={chat.onToggle}
          />
        )}
        {onInvite && (
          <Control
            icon={IconUserPlus}
            label={text(invited === undefined ? 'control.invite' : 'control.invited')}
            {...(invited === undefined
              ? {}
              : { name: text('control.invitedName', { name: invited }) })}
            dot={invited !== undefined}
            onPress={onInvite}
          />
        )}
        <More>
          <Menu.Item
            leftSection={<IconAdjustmentsHorizontal size={20} aria-hidden />}
            onClick={() => setDialog('devices')}
          >
            {text('control.devices')}
          </Menu.Item>
          {devices.cameras.length > 1 && (
            <Menu.Item
              leftSection={<IconCameraRotate size={20} aria-hidden />}
              onClick={() => void media.flipCamera()}
            >
              {text('control.flip')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconChartBar size={20} aria-hidden />}
            onClick={() => setDialog('details')}
          >
            {text('control.details')}
          </Menu.Item>
        </More>
      </div>
      <EndControl visit={visit} onHangUp={onHangUp} />
      <DeviceDialog opened={dialog === 'devices'} onClose={() => setDialog(null)} visit={visit} />
      <ConnectionDialog
        opened={dialog === 'details'}
        onClose={() => setDialog(null)}
        visit={visit}
      />
    </div>
  );
}

function More({ children }: { children: ReactNode }) {
  const text = useCallText();
  const label = text('control.more');
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.control} aria-label={label} title={label}>
          <span className={classes.icon}>
            <IconDots size={22} stroke={1.75} aria-hidden />
          </span>
          <span className={classes.word} aria-hidden>
            {label}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
