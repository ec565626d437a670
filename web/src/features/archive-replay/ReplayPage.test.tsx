import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderApp, stubApi } from '../../shared/test/renderApp';
import { ReplayPage } from './ReplayPage';
import { answer, changedAt, visitId } from './testRecord';
import {
  api,
  entryPane,
  open,
  path,
  press,
  reached,
  rows,
  setTheStage,
  slider,
  visibleRows,
} from './testReplay';

setTheStage();

describe('a damaged entry', () => {
  it('is shown as unreadable, with its hash, and breaks nothing', async () => {
    api.answers[path] = [
      200,
      changedAt(4, { body: null, damaged: true, author_name: null, author_role: null }),
    ];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /^Entry 4: what it said/ }));
    expect(entryPane()).toHaveTextContent('can no longer be read as it was kept');
    expect(entryPane()).toHaveTextContent(answer.entries[3]?.entry_hash ?? 'none');
    expect(within(entryPane()).getByText("The hospital's system")).toBeVisible();
  });

  it('of an unknown kind, or with a body of another shape, is named by its kind', async () => {
    const [one, two] = answer.entries;
    const entries = [
      { ...one, kind: 'future', body: { a: 1 } },
      { ...two, kind: 'chat', body: { text: 7 } },
    ];
    api.answers[path] = [200, { ...answer, entries }];
    open();
    expect((await rows()).map((row) => row.textContent)).toEqual([
      expect.stringContaining('Zhao Lin: future'),
      expect.stringContaining('Li Wenbo: chat'),
    ]);
  });

  it('that is not there leaves a gap', async () => {
    const entries = answer.entries.filter(({ seq }) => seq !== 4 && seq !== 5);
    api.answers[path] = [200, { ...answer, entries }];
    open();
    expect(await screen.findByText('Entries 4 to 5 are missing here.')).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Entries 4 to 5 are missing.' }),
    );
    expect(entryPane()).toHaveTextContent('Entry 4 of 5');
  });
});

describe('the entry in hand', () => {
  it.each([
    ['#entry-3', 'Entry 3 of 7'],
    ['#entry-99', 'Entry 7 of 7'],
    ['', 'Entry 7 of 7'],
  ])('is the one that the address %j names, or the last', async (mark, heading) => {
    open(mark);
    await reached("Intact against this server's key");
    expect(within(entryPane()).getByText(heading)).toBeVisible();
    expect(await visibleRows()).toHaveLength(7);
  });

  it('tells who, what, when by the hospital clock, its hash and its place in the log', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: /A cough/ }));
    const pane = within(entryPane());
    expect(pane.getByText('Zhao Lin')).toBeVisible();
    expect(pane.getByText('Patient')).toBeVisible();
    expect(pane.getByText('Nov 23, 2026 14:01:05.120')).toBeVisible();
    expect(pane.getByText('Asia/Shanghai, GMT+8')).toBeVisible();
    expect(pane.getByText(answer.entries[2]?.entry_hash ?? 'none')).toBeVisible();
    expect(pane.getByText(answer.entries[3]?.entry_hash ?? 'none')).toBeVisible();
    expect(
      await pane.findByText('Unchanged since it was kept, and sealed in the log'),
    ).toBeVisible();
    expect(pane.getByText(/Number 24 of 28 in the log/)).toBeVisible();
    await userEvent.click(pane.getByRole('button', { name: 'Entry 3' }));
    expect(pane.getByText('Entry 3 of 7')).toBeVisible();
  });
});

describe('the play head', () => {
  it('is a slider that the arrow keys move by entries', async () => {
    open();
    const head = await slider();
    expect(head).toHaveAttribute('aria-valuenow', '7');
    head.focus();
    await userEvent.keyboard('{Home}');
    expect(head).toHaveAttribute('aria-valuenow', '1');
    expect(head).toHaveAttribute(
      'aria-valuetext',
      '14:00:00, entry 1 of 7: Zhao Lin entered the waiting room',
    );
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}');
    expect(head).toHaveAttribute('aria-valuenow', '3');
    await userEvent.keyboard('{PageUp}');
    expect(head).toHaveAttribute('aria-valuenow', '7');
    await userEvent.keyboard('{PageDown}');
    expect(head).toHaveAttribute('aria-valuenow', '1');
    await userEvent.keyboard('{End}');
    expect(head).toHaveAttribute('aria-valuenow', '7');
  });

  it('hides what is not said yet, unless all is asked for', async () => {
    open();
    (await slider()).focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    expect(await visibleRows()).toHaveLength(2);
    await userEvent.click(screen.getByRole('switch', { name: 'Show all' }));
    expect(await visibleRows()).toHaveLength(7);
  });

  it('plays in real time unless silences are to be skipped, by the switch or by a key', async () => {
    open();
    expect(await screen.findByText('Played in its own time: 2:10.')).toBeVisible();
    const skip = screen.getByRole('switch', { name: 'Skip silences' });
    await userEvent.click(skip);
    expect(
      screen.getByText(
        'Silences longer than 5 seconds are played as 5 seconds: 0:18 instead of 2:10.',
      ),
    ).toBeVisible();
    (await slider()).focus();
    await userEvent.keyboard('s');
    expect(skip).not.toBeChecked();
    expect(screen.getByText(/China Standard Time \(Asia\/Shanghai, GMT\+8\)/)).toBeVisible();
  });

  it('changes speed by plus and minus, within what there is', async () => {
    open();
    (await slider()).focus();
    await userEvent.keyboard('-++++');
    expect(screen.getByRole('radio', { name: '10×' })).toBeChecked();
    await userEvent.keyboard('-');
    expect(screen.getByRole('radio', { name: '5×' })).toBeChecked();
  });

  it('plays entries as they were said and stops at the end', async () => {
    open();
    await slider();
    await userEvent.click(screen.getByRole('radio', { name: '10×' }));
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
    act(() => screen.getByRole('button', { name: 'Play again' }).click());
    expect(await visibleRows()).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(6_300));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Pause' }).click());
    act(() => void vi.advanceTimersByTime(1_000));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Play' }).click());
    act(() => void vi.advanceTimersByTime(7_000));
    expect(await visibleRows()).toHaveLength(7);
    expect(screen.getByRole('button', { name: 'Play again' })).toBeVisible();
  });
});

describe('a record that cannot be replayed', () => {
  it('says that nothing is kept yet', async () => {
    api.answers[path] = [200, { ...answer, entries: [] }];
    open();
    expect(await screen.findByText('Nothing is kept of this visit yet.')).toBeVisible();
  });

  it('says what is safe when it cannot be read, and tries again', async () => {
    api.answers[path] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Reading changes nothing in the record.',
    );
    api.answers[path] = [200, answer];
    await press('Try again');
    await waitFor(async () => expect(await rows()).toHaveLength(7));
  });

  it('holds the place of what loads', async () => {
    stubApi(api.answers).mockReturnValue(new Promise(() => undefined));
    renderApp(
      [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
      `/consultations/${visitId}`,
    );
    expect(await screen.findByRole('status', { name: 'Opening the record' })).toBeVisible();
  });

  it('holds a record of one entry still', async () => {
    api.answers[path] = [200, { ...answer, entries: answer.entries.slice(0, 1) }];
    open();
    expect(await slider()).toHaveAttribute('aria-valuemax', '1');
    expect(screen.getByRole('button', { name: 'Play again' })).toBeDisabled();
  });
});
