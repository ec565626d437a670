import { Button, Kbd, Modal } from '@mantine/core';
import classes from './ShortcutSheet.module.css';
import { useDoctorText } from './strings';

const rows = [
  { keys: ['J', 'K'], does: 'queue' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['A'], does: 'admit' },
  { keys: ['M'], does: 'mute' },
  { keys: ['V'], does: 'camera' },
  { keys: ['C'], does: 'chat' },
  { keys: ['Esc'], does: 'leave' },
  { keys: ['?'], does: 'sheet' },
] as const;

export interface ShortcutSheetProps {
  opened: boolean;
  onClose: () => void;
}

/** The console's keys. */
export function ShortcutSheet({ opened, onClose }: ShortcutSheetProps) {
  const text = useDoctorText();
  return (
    <Modal opened={opened} onClose={onClose} title={text('help.title')} withCloseButton={false}>
      <dl className={classes.rows}>
        {rows.map(({ keys, does }) => (
          <div key={does} className={classes.row}>
            <dt className={classes.keys}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className={classes.does}>{text(`help.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{text('help.note')}</p>
      <div className={classes.end}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {text('help.close')}
        </Button>
      </div>
    </Modal>
  );
}
