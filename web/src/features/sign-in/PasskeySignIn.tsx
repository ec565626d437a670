import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { http } from '../../shared/http';
import { canUsePasskeys, isCancelled, signWithPasskey, type Ceremony } from '../../shared/passkeys';
import { useHospital, useSession, type SessionAnswer } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import classes from './SignInForm.module.css';
import { useSignInText } from './strings';

const address = '/api/session/passkey';

/** The other way in, where the hospital's address and the browser allow it. */
export function PasskeySignIn() {
  const text = useSignInText();
  const hospital = useHospital();
  const { enter } = useSession();
  const signing = useMutation({
    mutationFn: async () => {
      const answer = await signWithPasskey(await http.post<Ceremony>(`${address}/challenge`));
      return enter(await http.post<SessionAnswer>(address, answer));
    },
  });
  if (!hospital?.passkeys || !canUsePasskeys()) return null;
  return (
    <div className={classes.passkey}>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconKey size={20} stroke={1.75} aria-hidden />}
        loading={signing.isPending}
        onClick={() => signing.mutate()}
      >
        {text('passkey')}
      </Button>
      {isCancelled(signing.error) ? (
        <p role="alert">{text('passkeyCancelled')}</p>
      ) : (
        signing.isError && <InlineError error={signing.error} />
      )}
    </div>
  );
}
