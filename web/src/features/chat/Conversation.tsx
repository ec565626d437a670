import { Button } from '@mantine/core';
import { IconArrowDown, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat } from '../../shared/i18n';
import type { RoomHandle } from '../../shared/live';
import classes from './Conversation.module.css';
import { KeptFileMessage, PendingFile } from './FileMessage';
import { KeptMessage, Pending, UnreadableMessage } from './Message';
import { useChatText } from './strings';
import type { Item } from './timeline';
import { uploadsOf } from './uploads';
import type { StickyEnd } from './useStickyEnd';

export interface ConversationProps {
  visit: RoomHandle;
  hospitalZone?: string | undefined;
  items: readonly Item[];
  end: StickyEnd;
}

/** Messages and facts in the order of the record, then what is still on its way. */
export function Conversation({ visit, hospitalZone, items, end }: ConversationProps) {
  const text = useChatText();
  const { scrollerRef, atEnd, toEnd, onScroll } = end;
  const lastSeq = visit.state.entries.at(-1)?.seq ?? 0;
  const [seen, setSeen] = useState(lastSeq);
  if (atEnd && seen !== lastSeq) setSeen(lastSeq);
  const fresh = items.filter(
    (item) => (item.kind === 'message' || item.kind === 'file') && !item.mine && item.seq > seen,
  ).length;

  return (
    <div className={classes.root}>
      <div
        ref={scrollerRef}
        className={classes.scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-label={text('log')}
        aria-live="polite"
      >
        {items.length === 0 ? (
          <div className={classes.empty}>
            <IconMessage size={28} stroke={1.5} aria-hidden />
            <p className={classes.emptyWhat}>{text('empty.what')}</p>
            <p>{text('empty.next')}</p>
          </div>
        ) : (
          <div className={classes.list}>
            {items.map((item) => (
              <Line key={item.key} item={item} visit={visit} hospitalZone={hospitalZone} />
            ))}
          </div>
        )}
      </div>
      {!atEnd && (
        <Button
          className={classes.pill}
          variant="default"
          radius="full"
          size="compact-md"
          leftSection={<IconArrowDown size={18} aria-hidden />}
          onClick={toEnd}
        >
          {fresh > 0 ? text('pill', { count: fresh }) : text('toEnd')}
        </Button>
      )}
    </div>
  );
}

interface LineProps extends Pick<ConversationProps, 'visit' | 'hospitalZone'> {
  item: Item;
}

function Line({ item, visit, hospitalZone }: LineProps) {
  const text = useChatText();
  const format = useFormat(hospitalZone);
  const { state, room } = visit;
  const other = state.other?.display_name ?? text('somebody');
  switch (item.kind) {
    case 'fact':
      return (
        <p className={classes.fact}>
          {item.mine
            ? text(`fact.${item.fact}You`, { about: item.about })
            : text(`fact.${item.fact}`, { name: other, about: item.about })}
          <time className="tv-tabular" dateTime={item.at}>
            {format.time(item.at)}
          </time>
        </p>
      );
    case 'message':
      return (
        <KeptMessage
          mine={item.mine}
          name={item.continues ? undefined : item.mine ? text('you') : other}
          text={item.text}
          at={item.at}
          time={format.time(item.at)}
        />
      );
    case 'file':
      return (
        <KeptFileMessage
          file={item.file}
          consultationId={room.consultationId}
          mine={item.mine}
          name={item.continues ? undefined : item.mine ? text('you') : other}
          at={item.at}
          time={format.time(item.at)}
        />
      );
    case 'unreadable':
      return (
        <UnreadableMessage
          what={item.what}
          why={item.why}
          mine={item.mine}
          name={item.continues ? undefined : item.mine ? text('you') : other}
          at={item.at}
          time={format.time(item.at)}
        />
      );
    case 'upload':
      return (
        <PendingFile
          upload={item.upload}
          uploads={uploadsOf(room)}
          name={item.continues ? undefined : text('you')}
        />
      );
    case 'pending':
      return (
        <Pending
          message={item.message}
          name={item.continues ? undefined : text('you')}
          online={state.connection.status === 'online'}
          room={room}
        />
      );
  }
}
