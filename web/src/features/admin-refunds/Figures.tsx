import { useFormat } from '../../shared/i18n';
import type { Till } from './PaymentsPage';
import classes from './PaymentsPage.module.css';
import { useTillText } from './strings';

/** What came and what went in these days, in figures; each currency by itself. */
export function Figures({ till }: { till: Till }) {
  const text = useTillText();
  const format = useFormat();
  const moved = (account: string) => till.balances.filter((balance) => balance.account === account);
  const money = (sums: { amount_minor: number; currency: string }[]) =>
    sums.map((sum) => format.money(sum.amount_minor, sum.currency)).join(' + ');
  const tiles = [
    { name: text('captured'), sums: till.captured, count: countOf(till.captured) },
    { name: text('refunded'), sums: till.refunded, count: countOf(till.refunded) },
    { name: text('fees'), sums: moved('provider-fees') },
    { name: text('disputed'), sums: moved('disputed') },
  ];
  return (
    <div className={classes.tiles}>
      {tiles.map(({ name, sums, count }) => (
        <div key={name} className={classes.tile}>
          <p className={classes.name}>{name}</p>
          <p className={classes.number}>{sums.length === 0 ? '–' : money(sums)}</p>
          <p className={classes.note}>
            {sums.length === 0 ? text('nothing') : count !== undefined && text('count', { count })}
          </p>
        </div>
      ))}
    </div>
  );
}

function countOf(sums: { count: number }[]): number {
  return sums.reduce((sum, { count }) => sum + count, 0);
}
