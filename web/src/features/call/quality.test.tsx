import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import type { LinkState, PersonFigures } from '../../shared/live';
import { aParticipant } from '../../shared/live/testing';
import { stubMediaStream } from '../../shared/live/testingPeer';
import { aVisit, type VisitChange } from '../../shared/live/testingVisit';
import { renderView } from '../../shared/test/renderApp';
import { CallStage } from './CallStage';

beforeEach(() => {
  chooseLanguage('en');
  // jsdom plays nothing.
  stubMediaStream();
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

const show = (kind: 'patient' | 'doctor', change: VisitChange) => {
  const visit = aVisit(kind, change);
  return { visit, ...renderView(<CallStage visit={visit.handle} />) };
};
const mark = (word: string) =>
  screen.getByRole('button', { name: new RegExp(`^Connection: ${word}`) });

const figures = (change: Partial<PersonFigures> = {}): PersonFigures => ({
  sendsKbit: 1310,
  getsKbit: 640,
  loss: 0.004,
  roundTripMs: 48,
  jitterMs: 6,
  picture: { layer: 2, layers: 3 },
  ...change,
});
const nothing = figures({ loss: null, roundTripMs: null, jitterMs: null, picture: null });

/** The cells of a row, by its label. */
const row = (label: string) =>
  within(screen.getByRole('row', { name: new RegExp(`^${label}`) }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent);

describe('the figures of a call', () => {
  const relayed: Partial<LinkState> = {
    route: 'relay',
    quality: 'good',
    theirQuality: 'poor',
    thirdQuality: null,
    people: { me: figures(), other: figures({ picture: { layer: 0, layers: 3 } }), third: nothing },
  };
  const third = aParticipant('patient', { account_id: 'g', display_name: 'Wang Fang' });

  it('are a column for each person in it, the guest too, once the doctor asks for them', async () => {
    show('doctor', { link: relayed, state: { third } });
    expect(screen.queryByRole('table')).toBeNull();
    await userEvent.tab();
    expect(mark('Good')).toHaveFocus();
    expect(mark('Good')).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{Enter}');
    const table = screen.getByRole('table', { name: 'How the call goes, in figures' });
    expect(mark('Good')).toHaveAttribute('aria-expanded', 'true');
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['You', '李晓兰', 'Wang Fang']);
    expect(row('Connection')).toEqual(['Good', 'Weak', '–not measured']);
    expect(row('Sends')).toEqual(['1.3 Mbit/s', '1.3 Mbit/s', '1.3 Mbit/s']);
    expect(row('Receives')).toEqual(['640 kbit/s', '640 kbit/s', '640 kbit/s']);
    expect(row('Lost')).toEqual(['0.4%', '0.4%', '–not measured']);
    expect(row('Round trip')).toEqual(['48 ms', '48 ms', '–not measured']);
    expect(row('Jitter')).toEqual(['6 ms', '6 ms', '–not measured']);
    expect(row('Picture')).toEqual(['layer 3/3', 'layer 1/3', '–not measured']);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('are of one connection from page to page, with one word for both', async () => {
    const people = {
      me: figures({ picture: { width: 640, height: 360 } }),
      other: figures(),
      third: null,
    };
    show('doctor', { link: { route: 'p2p', quality: 'excellent', people } });
    await userEvent.click(mark('Very good'));
    expect(row('Connection')).toEqual(['Very good', 'Very good']);
    expect(row('Picture')[0]).toBe('640 × 360');
  });

  it('stand in words under the names of the others in the details, for everybody', async () => {
    const link = { ...relayed, thirdQuality: 'excellent' } as const;
    show('patient', { link, sample: { frameWidth: 640, frameHeight: 360 }, state: { third } });
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Connection details' }));
    const terms = within(await screen.findByRole('dialog')).getAllByRole('term');
    const read = terms.map((term) => [term.textContent, term.nextElementSibling?.textContent]);
    expect(read).toContainEqual(['Quality for 张文华', 'Weak']);
    expect(read).toContainEqual(['Quality for Wang Fang', 'Very good']);
    // Whose size it would be nobody knows.
    expect(terms.map((term) => term.textContent)).not.toContain('Their picture');
  });

  it('change every two seconds, however often they are measured', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const visit = aVisit('doctor', { link: relayed });
    const { rerender } = renderStage(visit);
    act(() => mark('Good').click());
    const faster = aVisit('doctor', {
      link: { ...relayed, people: { me: figures({ jitterMs: 90 }), other: null, third: null } },
    });
    rerender(faster);
    expect(row('Jitter')[0]).toBe('6 ms');
    act(() => void vi.advanceTimersByTime(2_000));
    expect(row('Jitter')[0]).toBe('90 ms');
  });

  it('are nothing that a patient is shown', async () => {
    show('patient', { link: relayed });
    await userEvent.click(mark('Good'));
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByText(/you can talk well/)).toBeVisible();
  });

  it('are there in Chinese', async () => {
    chooseLanguage('zh-CN');
    show('doctor', { link: relayed });
    await userEvent.click(screen.getByRole('button', { name: /^网络：良好/ }));
    expect(screen.getByRole('table', { name: '通话各方的网络数据' })).toBeVisible();
  });
});

function renderStage(visit: ReturnType<typeof aVisit>) {
  let set: (next: typeof visit) => void = () => undefined;
  const Shown = () => {
    const [now, change] = useState(visit);
    set = change;
    return <CallStage visit={now.handle} />;
  };
  renderView(<Shown />);
  return { rerender: (next: typeof visit) => act(() => set(next)) };
}

describe('a word that a patient understands', () => {
  it.each([
    ['excellent', 'Very good', /come through clearly/],
    ['good', 'Good', /may stutter now and then/],
    ['poor', 'Weak', /sound may break off and the picture/],
    ['lost', 'Interrupted', /nothing comes through at the moment/],
  ] as const)('stands for %s, and says what it means', async (quality, word, meaning) => {
    show('patient', { link: { quality } });
    await userEvent.click(mark(word));
    expect(screen.getByText(meaning)).toBeVisible();
  });

  it('is none at all before anything was measured', () => {
    show('patient', { link: { quality: null } });
    expect(screen.queryByRole('button', { name: /^Connection/ })).toBeNull();
    expect(screen.queryByText(/is weak/)).toBeNull();
  });
});

describe('a weak connection', () => {
  const films = { on: true, track: {} as MediaStreamTrack, problem: null, interrupted: false };
  const devices = { camera: films };

  it('comes with what helps, and the camera goes off at a press', async () => {
    const { visit } = show('patient', { link: { quality: 'poor', route: 'p2p' }, devices });
    expect(screen.getByText('The connection is weak.')).toBeVisible();
    expect(screen.getByText(/Move closer to the Wi-Fi router/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Turn my camera off' }));
    expect(visit.media.setCamera).toHaveBeenCalledWith(false);
  });

  it('has other advice for who is heard only', () => {
    show('patient', { link: { quality: 'poor', route: 'p2p' } });
    expect(screen.getByText(/stop downloads and other videos/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Turn my camera off' })).toBeNull();
  });

  it.each([
    ['patient', { toldQuality: 'poor' }, 'Your connection is weak.'],
    [
      'patient',
      { toldQuality: 'good', theirQuality: 'poor' },
      'The connection of 张文华 is weak, yours is fine.',
    ],
    ['patient', {}, 'The connection is weak.'],
    [
      'doctor',
      { quality: 'good', toldQuality: 'good', theirQuality: 'poor' },
      'The connection of 李晓兰 is weak, yours is fine.',
    ],
    ['patient', { quality: 'lost' }, 'Your connection is interrupted.'],
  ] as const)('says to the %s whose it is with %j: %s', (kind, link, said) => {
    show(kind, { link: { quality: 'poor', route: 'relay', ...link } });
    expect(screen.getByText(said)).toBeVisible();
  });

  it('of the other side alone is not told to a patient who gets everything', () => {
    show('patient', { link: { quality: 'good', route: 'relay', theirQuality: 'poor' } });
    expect(screen.queryByText(/is weak/)).toBeNull();
  });

  it('can be put away, and is said again when it was well in between', async () => {
    const poor = aVisit('patient', { link: { quality: 'poor', route: 'p2p' } });
    const { rerender } = renderStage(poor);
    await userEvent.click(screen.getByRole('button', { name: 'Hide this notice' }));
    expect(screen.queryByText('The connection is weak.')).toBeNull();
    rerender(aVisit('patient', { link: { quality: 'good', route: 'p2p' } }));
    rerender(poor);
    expect(screen.getByText('The connection is weak.')).toBeVisible();
  });
});
