import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useErrorDescription } from '../../shared/http';
import { LiveError, type LiveCode, type RoomHandle } from '../../shared/live';
import { Notice } from './Notice';
import { usePatientText } from './strings';

/** The room would not have this page: why, and the way on. */
export function RefusedStep({ room }: { room: RoomHandle }) {
  const text = usePatientText();
  const { connection } = room.state;
  const turnedAway = connection.status === 'refused';
  const error = turnedAway ? new LiveError(connection.code as LiveCode) : room.state.error;
  const { what, next, code } = useErrorDescription(error);
  if (error?.code === 'auth.forbidden' || error?.code === 'not_found') {
    const kind = error.code === 'not_found' ? 'missing' : 'forbidden';
    return (
      <Notice icon={IconLock} tone="quiet" title={text(`visit.${kind}.title`)} code={code}>
        {text(`visit.${kind}.what`)}
      </Notice>
    );
  }
  return (
    <Notice
      icon={IconAlertTriangle}
      tone="amber"
      title={what}
      action={
        turnedAway
          ? { label: text('visit.refused.reload'), onPress: () => window.location.reload() }
          : { label: text('visit.refused.retry'), onPress: room.enter }
      }
      code={code}
    >
      {next}
    </Notice>
  );
}
