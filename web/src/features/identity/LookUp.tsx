import { Button } from '@mantine/core';
import { useState } from 'react';
import { CandidatesDialog, type CandidatesDialogProps } from './CandidatesDialog';
import { useIdentityText } from './strings';
import { useUnlinked } from './useUnlinked';

/** Opens who a patient can be in the hospital's own system; nothing where that is not connected. */
export function LookUp(props: Omit<CandidatesDialogProps, 'onClose'>) {
  const text = useIdentityText();
  const connected = useUnlinked().data?.his_connected === true;
  const [open, setOpen] = useState(false);
  if (!connected) return null;
  return (
    <>
      <Button
        variant="default"
        aria-label={text('his.lookUpOf', { name: props.name })}
        onClick={() => setOpen(true)}
      >
        {text('his.lookUp')}
      </Button>
      {open && <CandidatesDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
