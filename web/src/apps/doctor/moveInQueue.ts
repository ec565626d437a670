/** Moves the focus to the next or previous row of the queue; begins at the open one, else at the top. */
export function moveInQueue(rail: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(rail?.querySelectorAll<HTMLElement>('[data-queue-row]') ?? [])];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'page');
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step));
  rows[to]?.focus();
}
