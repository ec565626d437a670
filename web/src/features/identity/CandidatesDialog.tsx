import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './Identity.module.css';
import { useIdentityText } from './strings';
import { unlinkedKey } from './useUnlinked';

type Candidate = components['schemas']['IndexCandidate'];

export interface CandidatesDialogProps {
  checkId: string;
  name: string;
  onClose: () => void;
  /** What happens once it is decided; without it there is nothing to decide yet. */
  onDecided?: (how: 'linked' | 'left') => void;
  canLeave?: boolean;
}

/** Who a patient can be in the hospital's own system; of a verified one the staff chooses or leaves it. */
export function CandidatesDialog({
  checkId,
  name,
  onClose,
  onDecided,
  canLeave = false,
}: CandidatesDialogProps) {
  const text = useIdentityText();
  const client = useQueryClient();
  const path = `/api/identity-checks/${checkId}`;
  const found = useQuery({
    queryKey: ['identity', 'candidates', checkId],
    queryFn: ({ signal }) =>
      http.get<components['schemas']['IndexCandidates']>(`${path}/candidates`, { signal }),
    // What the other system says is looked at and forgotten.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const decide = useMutation({
    mutationFn: (to: Candidate | null) =>
      to === null
        ? http.post(`${path}/leave-unlinked`)
        : http.post(`${path}/link`, { source: to.source, number: to.number }),
    onSuccess: (_, to) => {
      onDecided?.(to === null ? 'left' : 'linked');
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: unlinkedKey }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('his.dialog', { name })}
      closeButtonProps={{ 'aria-label': text('his.close') }}
    >
      <Stack gap="md">
        {found.isPending && <Skeleton height={72} role="status" aria-label={text('his.looking')} />}
        {found.isError && (
          <>
            <InlineError error={found.error} />
            <p className={classes.quiet}>{text('his.safe')}</p>
          </>
        )}
        {found.data && <p>{text(`his.kind.${found.data.kind}`)}</p>}
        {found.data && found.data.candidates.length > 0 && (
          <ul className={classes.candidates} aria-label={text('his.candidates')}>
            {found.data.candidates.map((one) => (
              <li key={`${one.source} ${one.number}`} className={classes.head}>
                <span className={classes.document}>
                  <bdi className={classes.name}>{one.name}</bdi>
                  <span className={classes.number}>
                    {one.birth_date} · {one.number}
                  </span>
                </span>
                {onDecided && (
                  <Button
                    aria-label={text('his.linkOf', { name: one.name, number: one.number })}
                    disabled={decide.isPending}
                    onClick={() => decide.mutate(one)}
                  >
                    {text('his.link')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {!onDecided && found.data && <p className={classes.quiet}>{text('his.later')}</p>}
        {decide.isError && <InlineError error={decide.error} />}
        <Group justify="flex-end" gap="sm">
          {onDecided && canLeave && (
            <Button
              variant="default"
              disabled={decide.isPending}
              onClick={() => decide.mutate(null)}
            >
              {text('his.leave')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {text('his.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
