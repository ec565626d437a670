import { DenseTable, type Column } from '../../shared/console';
import { useFormat, useSentences } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import classes from './Completeness.module.css';
import type { Completeness } from './figures';
import { useCompletenessText } from './strings';

type Witness = Completeness['witnesses'][number];

/** The whole log: how long it is, when it was last signed, and who vouches for it. */
export function LogPanel({ figures }: { figures: Completeness }) {
  const text = useCompletenessText();
  const sentences = useSentences();
  const time = useHospitalTime();
  const { number } = useFormat();
  const when = (at: string) => `${time.shortDate(at)} ${time.seconds(at)}`;
  const { size, checkpoint_size: signed, signed_at: at } = figures.log;
  const behind = size - (signed ?? 0);

  const columns: Column<Witness>[] = [
    { key: 'witness', head: text('column.witness'), lead: true, cell: (row) => row.witness },
    {
      key: 'cosignatures',
      head: text('column.cosignatures'),
      numeric: true,
      cell: (row) => number(row.cosignatures),
    },
    { key: 'last', head: text('column.last'), cell: (row) => when(row.last_at) },
    {
      key: 'lastSize',
      head: text('column.lastSize'),
      numeric: true,
      cell: (row) => number(row.last_size),
    },
  ];

  return (
    <>
      <section className={classes.group} aria-labelledby="completeness-log">
        <h2 id="completeness-log" className={classes.heading}>
          {text('log')}
        </h2>
        <dl className={classes.facts}>
          <dt>{text('size')}</dt>
          <dd>{number(size)}</dd>
          <dt>{text('checkpoint')}</dt>
          <dd>
            {at === null || signed === null
              ? text('noCheckpoint')
              : text('checkpointOf', { when: when(at), size: number(signed) })}
          </dd>
        </dl>
        {behind > 0 && <p className={classes.remark}>{text('behind', { count: behind })}</p>}
      </section>
      <section className={classes.group} aria-labelledby="completeness-witnesses">
        <h2 id="completeness-witnesses" className={classes.heading}>
          {text('witnesses')}
        </h2>
        {figures.witnesses.length === 0 ? (
          <p className={classes.quiet}>
            {sentences(text('noWitness.what'), text('noWitness.next'))}
          </p>
        ) : (
          <DenseTable
            label={text('witnesses')}
            columns={columns}
            rows={figures.witnesses}
            rowKey={({ witness }) => witness}
          />
        )}
      </section>
    </>
  );
}
