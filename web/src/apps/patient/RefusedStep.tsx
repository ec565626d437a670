import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useErrorDescription } from '../../shared/http';
import type { RoomHandle } from '../../shared/live';
import { Notice } from './Notice';
import { usePatientText } from './strings';

/** The room would not have this page: why, and the way on. */
export function RefusedStep({ room }: { room: RoomHandle }) {
  const text = usePatientText();
  const { error } = room.state;
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
      action={{ label: text('visit.refused.retry'), onPress: room.enter }}
      code={code}
    >
      {next}
    </Notice>
  );
}
