import { ActionIcon } from '@mantine/core';
import { IconCloudOff, IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { useReadable, type RoomHandle, type RoomState } from '../../shared/live';
import classes from './ChatPane.module.css';
import { Composer } from './Composer';
import { Conversation } from './Conversation';
import type { ChatPaneProps } from './props';
import { useChatText } from './strings';
import { timelineOf } from './timeline';
import { uploadsOf } from './uploads';
import { useKeyboardInset } from './useKeyboardInset';
import { useStickyEnd } from './useStickyEnd';

/** See ChatPaneProps. */
export function ChatPane(props: ChatPaneProps) {
  return props.layout === 'sheet' ? <Sheet {...props} /> : <Pane {...props} />;
}

function Pane({ visit, hospitalZone }: ChatPaneProps) {
  const text = useChatText();
  return (
    <section className={classes.pane} aria-label={text('title')}>
      <Content visit={visit} hospitalZone={hospitalZone} />
    </section>
  );
}

/** Above the on-screen keyboard, and as high as what the keyboard leaves allows. */
function sheetPlace(inset: number): CSSProperties {
  return { bottom: inset, ['--keyboard' as string]: `${inset}px` };
}

/** Comes up over the lower part of the page and leaves the person on the stage in sight. */
function Sheet({ visit, hospitalZone, opened = false, onClose }: ChatPaneProps) {
  const text = useChatText();
  const title = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const inset = useKeyboardInset(opened);

  useEffect(() => {
    if (!opened) return undefined;
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [opened]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose?.();
  };

  return (
    <div
      className={classes.sheet}
      data-opened={opened}
      inert={!opened}
      style={sheetPlace(inset)}
      role="dialog"
      aria-modal={false}
      aria-labelledby={title}
      onKeyDown={onKeyDown}
    >
      <header className={classes.head}>
        <h2 ref={heading} id={title} className={classes.title} tabIndex={-1}>
          {text('title')}
        </h2>
        <ActionIcon aria-label={text('close')} title={text('close')} onClick={onClose}>
          <IconX size={20} aria-hidden />
        </ActionIcon>
      </header>
      <Content visit={visit} hospitalZone={hospitalZone} />
    </div>
  );
}

/** Why nothing can be written now; null when it can. */
function closedBecause({ phase, consultation }: RoomState) {
  const state = consultation?.state;
  if (state === 'finished' || state === 'cancelled') return state;
  if (phase === 'superseded') return phase;
  if (phase === 'left' || phase === 'outside' || phase === 'refused') return 'out';
  return state === 'planned' ? state : null;
}

function Content({
  visit,
  hospitalZone,
}: {
  visit: RoomHandle;
  hospitalZone?: string | undefined;
}) {
  const text = useChatText();
  const uploads = uploadsOf(visit.room);
  const items = timelineOf(visit.state, useReadable(uploads.items));
  const { entries } = visit.state;
  useEffect(() => {
    uploads.settle(new Set(entries.map((entry) => entry.message_id)));
  }, [uploads, entries]);
  const end = useStickyEnd(items.at(-1)?.key ?? '');
  const closed = closedBecause(visit.state);
  const { status } = visit.state.connection;
  const cut = status === 'reconnecting' || status === 'offline';
  return (
    <>
      <Conversation visit={visit} hospitalZone={hospitalZone} items={items} end={end} />
      <div className={classes.foot}>
        {cut && closed === null && (
          <p className={classes.offline} role="status">
            <IconCloudOff size={16} aria-hidden />
            {text('offline')}
          </p>
        )}
        {closed === null ? (
          <Composer room={visit.room} onSent={end.toEnd} />
        ) : (
          <p className={classes.closed}>{text(`closed.${closed}`)}</p>
        )}
      </div>
    </>
  );
}
