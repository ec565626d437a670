import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { InlineError, StateView } from '../../shared/ui';
import classes from './Family.module.css';
import { useFamilyText } from './strings';

type Proposal = components['schemas']['FamilyProposalView'];
type Verb = 'approve' | 'return';

const queryKey = ['family-proposals'];

/** The adults for whom somebody asks to act, longest first. */
export function FamilyProposals() {
  const text = useFamilyText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const proposals = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      http.get<components['schemas']['FamilyProposals']>('/api/family-proposals', { signal }),
    // Every reading leaves a line for each patient.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const [deciding, setDeciding] = useState<{ verb: Verb; proposal: Proposal }>();
  const [said, setSaid] = useState<{ verb: Verb; name: string }>();

  const columns: Column<Proposal>[] = [
    {
      key: 'patient',
      head: text('proposals.column.patient'),
      lead: true,
      cell: ({ name }) => <bdi className={classes.name}>{name}</bdi>,
    },
    {
      key: 'born',
      head: text('proposals.column.born'),
      cell: ({ birth_date: born }) => <span className={classes.number}>{born}</span>,
    },
    {
      key: 'holder',
      head: text('proposals.column.holder'),
      cell: ({ holder_name: holder, relationship }) => (
        <span>
          <bdi>{holder}</bdi> · {text(`relationship.${relationship}`)}
        </span>
      ),
    },
    {
      key: 'since',
      head: text('proposals.column.since'),
      cell: ({ added_at: at }) => (
        <span className={classes.number}>
          {time.shortDate(at)} {time.minutes(at)}
        </span>
      ),
    },
    {
      key: 'do',
      head: text('proposals.column.do'),
      actions: true,
      cell: (proposal) => (
        <span className={classes.acts}>
          {(['approve', 'return'] as const).map((verb) => (
            <Button
              key={verb}
              variant={verb === 'approve' ? 'filled' : 'default'}
              aria-label={text(`proposals.${verb}Of`, { name: proposal.name })}
              onClick={() => setDeciding({ verb, proposal })}
            >
              {text(`proposals.${verb}`)}
            </Button>
          ))}
        </span>
      ),
    },
  ];
  const rows = proposals.data?.proposals;

  return (
    <Page
      title={text('proposals.title')}
      lead={text('proposals.lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={proposals.isFetching}
          onClick={() => void proposals.refetch()}
        >
          {text('proposals.refresh')}
        </Button>
      }
    >
      <p className={classes.said} role="status">
        {said &&
          text(said.verb === 'approve' ? 'proposals.approved' : 'proposals.returned', {
            name: said.name,
          })}
      </p>
      {proposals.isError && !rows ? (
        <StateView
          kind="error"
          error={proposals.error}
          safe={text('proposals.safe')}
          onRetry={() => void proposals.refetch()}
        />
      ) : rows?.length === 0 ? (
        <StateView
          kind="empty"
          icon={IconCircleCheck}
          title={text('proposals.empty.what')}
          detail={text('proposals.empty.next')}
        />
      ) : (
        <DenseTable
          label={text('proposals.list')}
          columns={columns}
          rows={rows}
          rowKey={({ patient_id: id }) => id}
          expected={3}
        />
      )}
      {deciding && (
        <DecisionDialog
          {...deciding}
          onClose={() => setDeciding(undefined)}
          onDone={() => {
            setSaid({ verb: deciding.verb, name: deciding.proposal.name });
            setDeciding(undefined);
            void client.invalidateQueries({ queryKey });
          }}
        />
      )}
    </Page>
  );
}

interface DecisionDialogProps {
  verb: Verb;
  proposal: Proposal;
  onClose: () => void;
  onDone: () => void;
}

/** Asks what was seen, or why it goes back: both are kept, the second is read by whoever asked. */
function DecisionDialog({ verb, proposal, onClose, onDone }: DecisionDialogProps) {
  const text = useFamilyText();
  const field = verb === 'approve' ? 'proof' : 'reason';
  const [told, setTold] = useState('');
  const [asked, setAsked] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const send = useMutation({
    mutationFn: () =>
      http.post(`/api/family-proposals/${proposal.patient_id}/${verb}`, { [field]: told.trim() }),
    onSuccess: onDone,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (told.trim() === '') area.current?.focus();
    else send.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text(`proposals.${verb}Title`, { name: proposal.name, holder: proposal.holder_name })}
      closeButtonProps={{ 'aria-label': text('proposals.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Textarea
            ref={area}
            data-autofocus
            label={text(`proposals.${field}`)}
            description={text(`proposals.${field}Hint`)}
            maxLength={300}
            rows={3}
            value={told}
            onChange={(event) => setTold(event.currentTarget.value)}
            error={asked && told.trim() === '' && text('proposals.missing')}
          />
          {send.isError && <InlineError error={send.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {text('proposals.close')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {text(`proposals.${verb}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
