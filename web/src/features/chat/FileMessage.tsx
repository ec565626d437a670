import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useErrorDescription } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import classes from './FileMessage.module.css';
import { Foot } from './Message';
import message from './Message.module.css';
import { useChatText } from './strings';
import type { KeptFile } from './timeline';
import { fileBytesMax, type Upload, type Uploads } from './uploads';

/** What browsers draw; HEIC is not among it everywhere. */
const shown = ['image/jpeg', 'image/png', 'image/webp'];

const mebi = 1024 * 1024;

function useSize() {
  const format = useFormat();
  return (bytes: number) =>
    bytes < mebi
      ? `${format.number(Math.max(1, Math.round(bytes / 1024)))} KB`
      : `${format.number(Math.round((bytes / mebi) * 10) / 10)} MB`;
}

interface CardProps {
  name: string;
  type: string;
  size: number;
  /** Where the bytes are; a picture is shown from there. */
  source: string | undefined;
  /** What a press opens; nothing while the file is on its way. */
  href?: string | undefined;
}

/** A picture, or a calm row with name and size. Its room is reserved before the picture is there. */
function Card({ name, type, size, source, href }: CardProps) {
  const text = useChatText();
  const sizeOf = useSize();
  const [broken, setBroken] = useState(false);
  const picture = shown.includes(type) && source !== undefined && !broken;
  const Icon = type === 'application/pdf' ? IconFileTypePdf : IconPhoto;
  const card = (
    <>
      {picture && (
        <img
          className={classes.picture}
          src={source}
          alt={text('file.picture', { name })}
          loading="lazy"
          onError={() => setBroken(true)}
        />
      )}
      <span className={classes.row}>
        <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
        <span className={classes.words}>
          <span className={classes.name}>{name}</span>
          <span className={classes.facts}>
            {type === 'application/pdf' ? text('file.pdf') : text('file.image')} · {sizeOf(size)}
          </span>
          {broken && <span className={classes.facts}>{text('file.cannotShow')}</span>}
        </span>
      </span>
    </>
  );
  if (href === undefined) return <div className={classes.card}>{card}</div>;
  return (
    <a
      className={classes.card}
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={text('file.open', { name })}
    >
      {card}
    </a>
  );
}

export interface KeptFileMessageProps {
  file: KeptFile;
  consultationId: string;
  mine: boolean;
  name?: string | undefined;
  at: string;
  time: string;
}

/** A file that the record has. */
export function KeptFileMessage({ file, consultationId, mine, ...rest }: KeptFileMessageProps) {
  const address = `/api/consultations/${consultationId}/files/${file.seq}`;
  return (
    <div className={message.root} data-mine={mine}>
      {rest.name !== undefined && <span className={message.name}>{rest.name}</span>}
      <Card name={file.name} type={file.type} size={file.size} source={address} href={address} />
      <Foot mine={mine} at={rest.at} time={rest.time} />
    </div>
  );
}

export interface PendingFileProps {
  upload: Upload;
  name?: string | undefined;
  uploads: Uploads;
}

/** A file on its way, or one that could not be added and waits for a decision. */
export function PendingFile({ upload, name, uploads }: PendingFileProps) {
  const text = useChatText();
  const format = useFormat();
  const { file, source, state, share } = upload;
  const percent = format.number(share, { style: 'percent' });
  return (
    <div className={message.root} data-mine>
      {name !== undefined && <span className={message.name}>{name}</span>}
      <Card name={file.name} type={file.type} size={file.size} source={source} />
      {state === 'failed' ? (
        <Failed upload={upload} uploads={uploads} />
      ) : (
        <>
          <Progress
            className={classes.progress}
            value={share * 100}
            size="sm"
            aria-label={text('file.uploading', { percent })}
          />
          <span className={message.foot}>
            <IconClock size={16} stroke={1.75} aria-hidden />
            {state === 'kept' ? text('file.waiting') : text('file.uploading', { percent })}
          </span>
        </>
      )}
    </div>
  );
}

function Failed({ upload, uploads }: Pick<PendingFileProps, 'upload' | 'uploads'>) {
  const text = useChatText();
  const sizeOf = useSize();
  const { what } = useErrorDescription(upload.error);
  const tooLarge = upload.file.size > fileBytesMax;
  return (
    <div className={message.failed}>
      <span className={message.foot} data-failed role="alert">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        {text('file.failed')}
        <span className={message.reason}>
          {tooLarge ? text('file.tooLarge', { max: sizeOf(fileBytesMax) }) : what}
        </span>
      </span>
      <span className={message.actions}>
        {!tooLarge && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => uploads.retry(upload.message_id)}
          >
            {text('retry')}
          </Button>
        )}
        <Button
          variant="subtle"
          color="bad"
          size="compact-sm"
          onClick={() => uploads.discard(upload.message_id)}
        >
          {text('discard')}
        </Button>
      </span>
    </div>
  );
}
