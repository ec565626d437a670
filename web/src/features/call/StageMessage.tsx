import { Button } from '@mantine/core';
import { useErrorDescription } from '../../shared/http';
import type { RoomHandle } from '../../shared/live';
import { Avatar, Timecode } from '../../shared/ui';
import classes from './StageMessage.module.css';
import { nameOf, type Said, type StageView } from './stageView';
import { useCallText, type CallText } from './strings';

export interface StageMessageProps {
  visit: RoomHandle;
  view: StageView;
  exit?: { label: string; onPress: () => void } | undefined;
}

/** What stands on the stage when the picture does not speak for itself. */
export function StageMessage({ visit, view, exit }: StageMessageProps) {
  switch (view.kind) {
    case 'said':
      return <Spoken visit={visit} view={view} exit={exit} />;
    case 'held':
      return <Held visit={visit} what={view.what} since={view.since} />;
    case 'person':
      return view.picture ? <span role="status" /> : <CameraOff visit={visit} />;
  }
}

function useName(visit: RoomHandle): string {
  const text = useCallText();
  const role = visit.room.kind === 'doctor' ? 'patient' : 'doctor';
  return nameOf(visit.state.other, text(`role.${role}`));
}

/** The words of each state; entering and refused may carry an error's words instead. */
function wordsOf(said: Said, name: string, text: CallText): { what: string; next: string } {
  switch (said) {
    case 'outside':
      return { what: text('outside.what'), next: '' };
    case 'refused':
      return { what: '', next: '' };
    default:
      return { what: text(`${said}.what`, { name }), next: text(`${said}.next`, { name }) };
  }
}

const withoutPerson: readonly Said[] = ['outside', 'entering', 'refused', 'superseded'];

function Spoken({
  visit,
  view,
  exit,
}: StageMessageProps & { view: Extract<StageView, { kind: 'said' }> }) {
  const text = useCallText();
  const name = useName(visit);
  const { error } = visit.state;
  const described = useErrorDescription(error);
  const failed = error !== null && (view.what === 'refused' || view.what === 'entering');
  const { what, next } = failed ? described : wordsOf(view.what, name, text);
  const ended = ['finished', 'cancelled', 'left', 'refused'].includes(view.what);
  return (
    <div className={classes.root}>
      {!withoutPerson.includes(view.what) && <Avatar name={name} size={96} />}
      <div role="status">
        <p className={classes.what}>{what}</p>
        {next !== '' && <p className={classes.next}>{next}</p>}
      </div>
      {failed && described.code !== undefined && <p className={classes.code}>{described.code}</p>}
      {view.actions === 'enter' && <Button onClick={visit.enter}>{text('outside.press')}</Button>}
      {view.actions === 'takeBack' && (
        <Button onClick={visit.enter}>{text('superseded.press')}</Button>
      )}
      {view.actions === 'comeBack' && <Button onClick={visit.enter}>{text('left.press')}</Button>}
      {ended && exit && (
        <Button variant={view.what === 'left' ? 'default' : 'filled'} onClick={exit.onPress}>
          {exit.label}
        </Button>
      )}
    </div>
  );
}

function Held({
  visit,
  what,
  since,
}: {
  visit: RoomHandle;
  what: 'link' | 'other' | 'own';
  since: number;
}) {
  const text = useCallText();
  const name = useName(visit);
  return (
    <div className={classes.root} data-held>
      <span className={classes.pulse} aria-hidden />
      <div role="status">
        <p className={classes.what}>{text(`reconnecting.${what}`, { name })}</p>
        <p className={classes.next}>{text('reconnecting.hold')}</p>
      </div>
      <p className={classes.elapsed}>
        <Timecode since={new Date(since)} />
      </p>
    </div>
  );
}

function CameraOff({ visit }: { visit: RoomHandle }) {
  const text = useCallText();
  const name = useName(visit);
  const state = visit.state.other?.microphone === false ? 'bothOff' : 'cameraOff';
  return (
    <div className={classes.root}>
      <Avatar name={name} size={96} />
      <div role="status">
        <p className={classes.what}>{text(`${state}.what`, { name })}</p>
        <p className={classes.next}>{text(`${state}.next`)}</p>
      </div>
    </div>
  );
}
