import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { formatVerifierKey } from '../../shared/archive';
import { CopyText } from '../../shared/console';
import classes from './Dialogs.module.css';
import { useReplayText } from './strings';
import { readKeys, type Trust } from './trust';

export interface KeysDialogProps {
  opened: boolean;
  /** What the record was checked against; undefined before it was. */
  trust: Trust | undefined;
  brought: string | null;
  onBring: (lines: string | null) => void;
  onClose: () => void;
}

/** Which keys the record is checked against, and a place for keys that were obtained elsewhere. */
export function KeysDialog({ opened, onClose, ...props }: KeysDialogProps) {
  const text = useReplayText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={680}
      title={text('keys.title')}
      closeButtonProps={{ 'aria-label': text('keys.close') }}
    >
      <Keys {...props} onClose={onClose} />
    </Modal>
  );
}

function Keys({ trust, brought, onBring, onClose }: Omit<KeysDialogProps, 'opened'>) {
  const text = useReplayText();
  const [lines, setLines] = useState(brought ?? '');
  const [wrong, setWrong] = useState(false);
  const use = async () => {
    const read = await readKeys(lines).catch(() => undefined);
    setWrong(!read);
    if (!read) return;
    onBring(lines);
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void use();
      }}
    >
      <Stack gap="lg">
        <p>{text('keys.why')}</p>
        {trust && (
          <section aria-label={text(trust.own ? 'keys.inUseOwn' : 'keys.inUse')}>
            <h3 className={classes.heading}>{text(trust.own ? 'keys.inUseOwn' : 'keys.inUse')}</h3>
            <ul className={classes.keys}>
              {[trust.log, ...trust.witnesses].map((key) => (
                <li key={key.id}>
                  <span className={classes.kind}>{text(`keys.${key.kind}`)}</span>
                  <CopyText value={formatVerifierKey(key)} what={key.name} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <Textarea
          label={text('keys.field')}
          description={text('keys.form')}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
          error={wrong && text('keys.wrong')}
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: classes.lines ?? '', description: classes.small ?? '' }}
          data-autofocus
        />
        <Group justify="flex-end" gap="sm">
          {brought !== null && (
            <Button
              variant="default"
              onClick={() => {
                onBring(null);
                onClose();
              }}
            >
              {text('keys.useServer')}
            </Button>
          )}
          <Button type="submit" disabled={lines.trim() === ''}>
            {text('keys.use')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
