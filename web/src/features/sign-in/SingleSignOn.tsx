import { Button } from '@mantine/core';
import { IconBuildingHospital } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useHospital } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { keepNext, signOnAddress } from './signOn';
import classes from './SignInForm.module.css';
import { useSignInText } from './strings';

/** The staff's way in by the hospital's OpenID provider, where there is one. */
export function SingleSignOn() {
  const text = useSignInText();
  const hospital = useHospital();
  const [parameters] = useSearchParams();
  const leaving = useMutation({
    mutationFn: async () => {
      const begun = await http.post<components['schemas']['SignOnBegun']>(signOnAddress);
      keepNext(parameters.get('next'));
      window.location.assign(begun.url);
    },
  });
  const name = hospital?.single_sign_on;
  if (name == null) return null;
  return (
    <div className={classes.passkey}>
      <Button
        variant="default"
        fullWidth
        // A hospital's own name for it may be long.
        classNames={{ root: classes.signOn ?? '', label: classes.signOnLabel ?? '' }}
        leftSection={<IconBuildingHospital size={20} stroke={1.75} aria-hidden />}
        // The page is left; until then nothing can be pressed twice.
        loading={leaving.isPending || leaving.isSuccess}
        onClick={() => leaving.mutate()}
      >
        {text('signOn.go', { name })}
      </Button>
      {leaving.isError && <InlineError error={leaving.error} />}
    </div>
  );
}
