import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../shared/ui';
import { useRelease, type Booking } from './bookings';
import { useBookingText } from './strings';
import { useWhen } from './When';

/** Gives a held time up, after asking once. */
export function Release({ booking, onDone }: { booking: Booking; onDone?: () => void }) {
  const text = useBookingText();
  const when = useWhen();
  const [asking, setAsking] = useState(false);
  const release = useRelease();
  return (
    <>
      <Button variant="subtle" onClick={() => setAsking(true)}>
        {text('hold.release')}
      </Button>
      <ConfirmDialog
        opened={asking}
        tone="plain"
        title={text('hold.releaseTitle', { when: when.short(booking.starts_at) })}
        confirmLabel={text('hold.release')}
        onConfirm={async () => {
          await release.mutateAsync(booking.id);
          onDone?.();
        }}
        onClose={() => setAsking(false)}
      >
        {text('hold.releaseBody')}
      </ConfirmDialog>
    </>
  );
}
