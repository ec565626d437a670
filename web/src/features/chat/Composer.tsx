import { ActionIcon, Textarea } from '@mantine/core';
import { IconPaperclip, IconSend } from '@tabler/icons-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useFormat } from '../../shared/i18n';
import type { ConsultationRoom } from '../../shared/live';
import classes from './Composer.module.css';
import { useChatText } from './strings';
import { fileChoice, uploadsOf } from './uploads';

/** Of the record, in Unicode code points, as the server counts them. */
export const textMax = 4000;
const countFrom = 3800;

// A draft outlives the pane: a doctor who looks at the chart in between finds it again.
const drafts = new WeakMap<ConsultationRoom, string>();

const lengthOf = (text: string) => Array.from(text).length;

/** While an input method is open, Enter chooses a word. Safari says so by the old key code only. */
function isComposing(event: KeyboardEvent): boolean {
  const { nativeEvent } = event;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing newer says it there
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}

export function Composer({ room, onSent }: { room: ConsultationRoom; onSent: () => void }) {
  const text = useChatText();
  const format = useFormat();
  const hint = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(() => drafts.get(room) ?? '');
  const length = lengthOf(draft);
  const over = length - textMax;
  const empty = draft.trim() === '';

  const write = (value: string) => {
    drafts.set(room, value);
    setDraft(value);
  };

  const send = () => {
    if (empty || over > 0) return;
    room.send(draft.trim());
    write('');
    onSent();
  };

  const add = (files: FileList | null) => {
    if (!files || files.length === 0) return;
    uploadsOf(room).add(files);
    onSent();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };

  const count = text('composer.count', {
    count: format.number(length),
    max: format.number(textMax),
  });
  return (
    <form
      className={classes.root}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={classes.row}>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={fileChoice}
          data-testid="file-chooser"
          onChange={(event) => {
            add(event.currentTarget.files);
            // Choosing the same file again is a choice too.
            event.currentTarget.value = '';
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          radius="md"
          aria-label={text('file.add')}
          title={text('file.add')}
          onClick={() => chooser.current?.click()}
        >
          <IconPaperclip size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
        <Textarea
          className={classes.field}
          aria-label={text('composer.label')}
          aria-describedby={hint}
          placeholder={text('composer.placeholder')}
          autosize
          minRows={1}
          maxRows={5}
          value={draft}
          error={over > 0 && text('composer.tooLong', { over: format.number(over) })}
          enterKeyHint="send"
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => add(event.clipboardData.files)}
        />
        <ActionIcon
          type="submit"
          variant="filled"
          color="brand"
          radius="md"
          aria-label={text('composer.send')}
          title={text('composer.send')}
          disabled={empty || over > 0}
        >
          <IconSend size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      {over <= 0 && length >= countFrom && <p className={classes.count}>{count}</p>}
      <span id={hint} className="tv-visually-hidden">
        {text('composer.hint')}
      </span>
    </form>
  );
}
