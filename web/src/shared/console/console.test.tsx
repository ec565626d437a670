import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../i18n';
import { renderView } from '../test/renderApp';
import { CopyText } from './CopyText';
import { DenseTable, type Column } from './DenseTable';

beforeEach(() => chooseLanguage('en'));

interface Fruit {
  name: string;
  weight: number;
}

const columns: Column<Fruit>[] = [
  { key: 'name', head: 'Name', cell: ({ name }) => name, lead: true },
  { key: 'weight', head: 'Weight', cell: ({ weight }) => weight, numeric: true },
];

describe('a table', () => {
  it('shows its rows under their headings', () => {
    renderView(
      <DenseTable
        label="Fruit"
        columns={columns}
        rows={[
          { name: 'Pear', weight: 180 },
          { name: 'Plum', weight: 60 },
        ]}
        rowKey={({ name }) => name}
      />,
    );
    const table = screen.getByRole('table', { name: 'Fruit' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Name', 'Weight']);
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(within(table).getByText('180').closest('td')).toHaveAttribute('data-head', 'Weight');
  });

  it('holds the place of rows that load, and says so', () => {
    renderView(
      <DenseTable
        label="Fruit"
        columns={columns}
        rows={undefined}
        rowKey={({ name }) => name}
        expected={4}
      />,
    );
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
    expect(screen.getAllByRole('row')).toHaveLength(5);
  });
});

it('copies what it shows', async () => {
  const user = userEvent.setup();
  renderView(<CopyText value="9f86d081" what="hash" />);
  await user.click(screen.getByRole('button', { name: 'Copy hash' }));
  expect(await navigator.clipboard.readText()).toBe('9f86d081');
  expect(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
});
