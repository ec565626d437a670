import { IconCloudOff, IconMicrophoneOff } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { keepScreenLit } from '../../shared/live';
import { Timecode } from '../../shared/ui';
import classes from './CallStage.module.css';
import { ControlBar } from './ControlBar';
import { Notices } from './Notices';
import { OwnPicture } from './OwnPicture';
import { PathNotice } from './PathNotice';
import type { CallStageProps } from './props';
import { PictureFrame } from './PictureFrame';
import { QualityMark } from './QualityMark';
import { QualityPanel } from './QualityPanel';
import { StageMessage } from './StageMessage';
import { nameOf, stageView } from './stageView';
import { NameTag, ThirdPerson } from './ThirdPerson';
import { useCallText } from './strings';
import { WeakNotice } from './WeakNotice';

/** A moment of the hospital's clock, by this device's: a wrong clock must not make a call longer. */
function localTime(moment: string, aheadMs: number): Date {
  return new Date(Date.parse(moment) - aheadMs);
}

/** See CallStageProps. The data attributes say to tests and to support what the link is doing. */
export function CallStage(props: CallStageProps) {
  const { visit, chat, exit, shortcuts = true, onInvite, invited, onRemoveThird, onHangUp } = props;
  const text = useCallText();
  const { room, state, link, devices, media } = visit;
  const view = stageView(room.kind, state, link);
  const role = room.kind === 'doctor' ? 'patient' : 'doctor';
  const name = nameOf(state.other, text(`role.${role}`));
  const over = ['finished', 'cancelled'].includes(state.consultation?.state ?? '');
  const takesPart = state.phase === 'inside' && !over;
  const inCall = takesPart && state.consultation?.state === 'in-progress';

  const third = inCall && ['person', 'held'].includes(view.kind) ? state.third : null;

  const [asked, setAsked] = useState(false);
  const panelId = useId();
  const judged = view.kind !== 'said' && link.quality !== null;

  useEffect(() => (inCall ? keepScreenLit() : undefined), [inCall]);

  return (
    <section
      className={classes.root}
      aria-label={text('stage')}
      data-call-stage
      data-under-chat={chat?.opened ?? false}
      data-phase={state.phase}
      data-view={view.kind === 'person' ? 'person' : view.what}
      data-link={link.status}
      data-quality={link.quality ?? ''}
      data-path={link.sample?.path ?? ''}
      data-route={link.route ?? ''}
      data-frames-decoded={link.sample?.framesDecoded ?? 0}
      data-packets-received={link.sample?.packetsReceived ?? 0}
    >
      <header className={classes.head}>
        <span className={classes.name}>
          {third ? text('three.people', { one: name, other: third.display_name }) : name}
        </span>
        {inCall && state.consultation?.admitted_at && (
          <Timecode since={localTime(state.consultation.admitted_at, state.aheadMs)} />
        )}
        <span className={classes.marks}>
          {/* Of three each has the mark on the own picture. */}
          {!third && view.kind === 'person' && state.other?.microphone === false && (
            <span className={classes.mark}>
              <IconMicrophoneOff size={18} aria-hidden />
              {text('muted', { name })}
            </span>
          )}
          {judged && link.quality !== null && (
            <QualityMark
              quality={link.quality}
              opened={asked}
              controls={panelId}
              onToggle={() => setAsked(!asked)}
            />
          )}
        </span>
      </header>
      {judged && asked && <QualityPanel visit={visit} id={panelId} />}
      <div className={classes.stage}>
        <div className={classes.people} data-three={third !== null}>
          <div className={classes.person}>
            <PictureFrame
              fitted={third !== null}
              peer={visit.peer}
              speaker={devices.speaker}
              visible={view.kind === 'held' || (view.kind === 'person' && view.picture)}
              held={view.kind === 'held'}
              label={name}
              hearLabel={text('hear', { name })}
            >
              {third && (
                <NameTag
                  name={name}
                  muted={state.other?.microphone === false}
                  quality={link.theirQuality}
                />
              )}
            </PictureFrame>
            <StageMessage visit={visit} view={view} exit={exit} />
          </div>
          {third && <ThirdPerson visit={visit} third={third} onRemove={onRemoveThird} />}
        </div>
        {takesPart && <OwnPicture devices={devices} small={third !== null} />}
      </div>
      <div className={classes.foot}>
        {view.kind === 'person' && state.connection.status !== 'online' && (
          <p className={classes.signalling} role="status">
            <IconCloudOff size={18} aria-hidden />
            {text('signalling')}
          </p>
        )}
        {inCall && room.kind !== 'guest' && <PathNotice state={state} link={link} />}
        {/* Who asks what the word means is told again what helps. */}
        {judged && inCall && <WeakNotice key={String(asked)} visit={visit} />}
        {takesPart && <Notices devices={devices} media={media} />}
        {takesPart && (
          <ControlBar
            visit={visit}
            {...(chat ? { chat } : {})}
            {...(onInvite && inCall && !state.third ? { onInvite, invited } : {})}
            {...(onHangUp ? { onHangUp } : {})}
            shortcuts={shortcuts}
          />
        )}
      </div>
    </section>
  );
}
