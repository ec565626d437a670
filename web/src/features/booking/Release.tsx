import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../shared/ui';
import { useRelease, type Booking } from './bookings';
import { useBookingText } from './strings';
import { useWhen } from './When';

/** Gives a time up that is held or requested, after asking once. */
export function Release({ booking, onDone }: { booking: Booking; onDone?: () => void }) {
  const text = useBookingText();
  const when = useWhen();
  const [asking, setAsking] = useState(false);
  const release = useRelease();
  const asked = booking.state === 'pending';
  const label = text(asked ? 'asked.release' : 'hold.release');
  return (
    <>
      <Button variant="subtle" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        tone="plain"
        title={text('hold.releaseTitle', { when: when.short(booking.starts_at) })}
        confirmLabel={label}
        onConfirm={async () => {
          await release.mutateAsync(booking.id);
          onDone?.();
        }}
        onClose={() => setAsking(false)}
      >
        {text(
          !asked
            ? 'hold.releaseBody'
            : booking.fee_minor
              ? 'asked.releaseBody'
              : 'asked.releaseBodyFree',
        )}
      </ConfirmDialog>
    </>
  );
}
