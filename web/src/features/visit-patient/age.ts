/** A person's age in whole months on a day; both are written YYYY-MM-DD. */
export function monthsBetween(born: string, on: string): number {
  const [year = 0, month = 0, day = 0] = born.split('-').map(Number);
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = on.split('-').map(Number);
  return (thisYear - year) * 12 + thisMonth - month - (thisDay < day ? 1 : 0);
}
