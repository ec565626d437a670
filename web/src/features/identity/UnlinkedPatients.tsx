import { useState } from 'react';
import { DenseTable, type Column } from '../../shared/console';
import { InlineError } from '../../shared/ui';
import classes from './Identity.module.css';
import { LookUp } from './LookUp';
import { useIdentityText } from './strings';
import { useUnlinked, type Unlinked } from './useUnlinked';

/** Verified patients without a link to the hospital's own system; nothing where that is not connected. */
export function UnlinkedPatients() {
  const text = useIdentityText();
  const unlinked = useUnlinked();
  const [said, setSaid] = useState<{ how: 'linked' | 'left'; name: string }>();
  if (unlinked.isError) return <InlineError error={unlinked.error} />;
  if (unlinked.data?.his_connected !== true) return null;
  const columns: Column<Unlinked>[] = [
    {
      key: 'patient',
      head: text('his.column.patient'),
      lead: true,
      cell: ({ patient_name: name }) => <bdi className={classes.name}>{name}</bdi>,
    },
    {
      key: 'born',
      head: text('his.column.born'),
      cell: ({ birth_date: born }) => <span className={classes.number}>{born}</span>,
    },
    {
      key: 'state',
      head: text('his.column.state'),
      cell: ({ state }) => (state === 'linked' ? null : text(`his.state.${state}`)),
    },
    {
      key: 'do',
      head: text('his.column.do'),
      actions: true,
      cell: ({ check_id: checkId, patient_name: name, state }) => (
        <LookUp
          checkId={checkId}
          name={name}
          canLeave={state !== 'left'}
          onDecided={(how) => setSaid({ how, name })}
        />
      ),
    },
  ];
  const { patients } = unlinked.data;
  return (
    <section className={classes.unlinked} aria-labelledby="identity-unlinked">
      <h2 id="identity-unlinked" className={classes.title}>
        {text('his.title')}
      </h2>
      <p className={classes.quiet}>{text('his.lead')}</p>
      <p className={classes.said} role="status">
        {said && text(`his.${said.how}`, { name: said.name })}
      </p>
      {patients.length === 0 ? (
        <p>{text('his.empty')}</p>
      ) : (
        <DenseTable
          label={text('his.list')}
          columns={columns}
          rows={patients}
          rowKey={({ patient_id: id }) => id}
        />
      )}
    </section>
  );
}
