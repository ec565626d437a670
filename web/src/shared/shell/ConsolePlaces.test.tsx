import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../i18n';
import { renderApp, stubApi } from '../test/renderApp';
import { ConsolePlaces } from './ConsolePlaces';

const places = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
  to: name === 'a' ? '/desk' : `/desk/${name}`,
  label: `Place ${name}`,
  ...(name === 'a' ? { end: true } : {}),
}));

const mine = [{ to: '/desk/sessions', label: 'My sessions' }];

const wide = (width: number) =>
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: width <= Number(/max-width: (\d+)px/.exec(query)?.[1] ?? 0),
        media: query,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }) as unknown as MediaQueryList,
  );
const show = (path: string) => {
  stubApi({});
  return renderApp(
    [{ path: '/desk/*', element: <ConsolePlaces places={places} elsewhere={mine} /> }],
    path,
  );
};

beforeEach(() => chooseLanguage('en'));
afterEach(() => vi.restoreAllMocks());

describe('the places of a console', () => {
  it('fold where their words need more room than there is', () => {
    wide(1280);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(700);
    vi.spyOn(HTMLElement.prototype, 'scrollWidth', 'get').mockReturnValue(800);
    show('/desk/c');
    expect(screen.getByRole('button', { name: /Place c/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Place d' })).toBeNull();
  });

  it('stand beside each other where there is room', () => {
    wide(1280);
    show('/desk/c');
    const nav = within(screen.getByRole('navigation', { name: 'Places' }));
    expect(nav.getAllByRole('link')).toHaveLength(6);
    expect(nav.getByRole('link', { current: 'page' })).toHaveTextContent('Place c');
  });

  it.each([
    ['/desk/c', 'c'],
    ['/desk', 'a'],
    ['/desk/consultations/1', 'a'],
    ['/desk/c/1', 'c'],
  ])('fold into one button on a phone, which says where one is (%s)', async (path, name) => {
    wide(390);
    const { router } = show(path);
    const button = screen.getByRole('button', { name: `All places. You are at Place ${name}` });
    expect(screen.queryByRole('link')).toBeNull();
    await userEvent.click(button);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Place e' }));
    expect(router.state.location.pathname).toBe('/desk/e');
    expect(screen.getByRole('button', { name: /You are at Place e/ })).toBeVisible();
  });

  it('name no place on a page that belongs to the person', () => {
    wide(390);
    show('/desk/sessions');
    expect(screen.getByRole('button', { name: 'Places' })).toBeVisible();
  });
});
