import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { canUsePasskeys, isCancelled } from '../../shared/passkeys';
import { InlineError, StateView } from '../../shared/ui';
import { CodeForm } from './CodeForm';
import { proveByPasskey, readFactor, type Factor } from './proof';
import classes from './ProofDialog.module.css';
import { useProofText } from './strings';

const demoCodeMs = 10_000;

export interface ProofDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The proof is kept: what was refused for want of it can be done. */
  onProved: () => void;
}

/** Asks who is here to prove it again, in front of the page, which stays as it is. */
export function ProofDialog({ opened, onClose, onProved }: ProofDialogProps) {
  const text = useProofText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text('title')}
      closeButtonProps={{ 'aria-label': text('close') }}
    >
      <Ways onClose={onClose} onProved={onProved} />
    </Modal>
  );
}

function Ways({ onClose, onProved }: Omit<ProofDialogProps, 'opened'>) {
  const text = useProofText();
  const { data, error, refetch } = useQuery({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => readFactor(signal),
    // The code that a demonstration shows is good for half a minute.
    refetchInterval: (query) => (query.state.data?.demo_code == null ? false : demoCodeMs),
  });
  if (error && !data) {
    return <StateView kind="error" error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <StateView kind="loading" />;
  return (
    <div className={classes.root}>
      <p className={classes.lead}>{text('lead')}</p>
      {data.confirmed && (
        <CodeForm demoCode={data.demo_code} onCancel={onClose} onProved={onProved} />
      )}
      <ByPasskey factor={data} onProved={onProved} />
    </div>
  );
}

function ByPasskey({ factor, onProved }: { factor: Factor; onProved: () => void }) {
  const text = useProofText();
  const proving = useMutation({ mutationFn: proveByPasskey, onSuccess: onProved });
  if (factor.passkeys === 0 || !canUsePasskeys()) {
    return factor.confirmed ? null : <p role="alert">{text('without')}</p>;
  }
  return (
    <div className={classes.passkey}>
      <Button
        variant={factor.confirmed ? 'default' : 'filled'}
        fullWidth
        loading={proving.isPending}
        onClick={() => proving.mutate()}
      >
        {text('passkey')}
      </Button>
      {isCancelled(proving.error) ? (
        <p role="alert">{text('cancelled')}</p>
      ) : (
        proving.isError && <InlineError error={proving.error} />
      )}
    </div>
  );
}
