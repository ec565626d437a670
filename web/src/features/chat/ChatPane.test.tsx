import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { LiveError, type PendingMessage } from '../../shared/live';
import { aConsultation, anEntry, doctorId, patientId } from '../../shared/live/testing';
import { aVisit, type FakeVisit } from '../../shared/live/testingVisit';
import { renderView } from '../../shared/test/renderApp';
import { ChatPane } from './ChatPane';

beforeEach(() => chooseLanguage('en'));

const show = (visit: FakeVisit) => renderView(<ChatPane visit={visit.handle} layout="pane" />);
const field = () => screen.getByRole('textbox', { name: 'Message' });
const log = () => within(screen.getByRole('log', { name: 'Messages' }));

const aPending = (change: Partial<PendingMessage> = {}): PendingMessage => ({
  message_id: 'm1',
  text: 'Hello',
  written_at: '2026-11-23T06:03:00Z',
  state: 'sending',
  error: null,
  ...change,
});

describe('the composer', () => {
  it('sends by Enter and is empty again', async () => {
    const visit = aVisit();
    show(visit);
    await userEvent.type(field(), '  I cough{Enter}');
    expect(visit.room.send).toHaveBeenCalledWith('I cough');
    expect(field()).toHaveValue('');
  });

  it('begins a new line by Shift and Enter', async () => {
    const visit = aVisit();
    show(visit);
    await userEvent.type(field(), 'one{Shift>}{Enter}{/Shift}two');
    expect(visit.room.send).not.toHaveBeenCalled();
    expect(field()).toHaveValue('one\ntwo');
  });

  it.each([
    ['as the standard says it', { isComposing: true, keyCode: 13 }],
    ['as Safari says it', { isComposing: false, keyCode: 229 }],
  ])('leaves Enter to the input method while a word is being chosen, %s', (_name, event) => {
    const visit = aVisit();
    show(visit);
    fireEvent.change(field(), { target: { value: 'ke sou' } });
    fireEvent.keyDown(field(), { key: 'Enter', ...event });
    expect(visit.room.send).not.toHaveBeenCalled();
    expect(field()).toHaveValue('ke sou');
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: false, keyCode: 13 });
    expect(visit.room.send).toHaveBeenCalledWith('ke sou');
  });

  it('sends nothing that is only blank', async () => {
    const visit = aVisit();
    show(visit);
    await userEvent.type(field(), '   {Enter}');
    expect(visit.room.send).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  });

  it('counts near the limit, in characters as people count them', () => {
    show(aVisit());
    fireEvent.change(field(), { target: { value: '好'.repeat(3_799) } });
    expect(screen.queryByText(/characters/)).toBeNull();
    fireEvent.change(field(), { target: { value: '😀'.repeat(3_900) } });
    expect(screen.getByText('3,900 of 4,000 characters')).toBeVisible();
  });

  it('does not send what is too long, and says by how much', async () => {
    const visit = aVisit();
    show(visit);
    fireEvent.change(field(), { target: { value: 'a'.repeat(4_002) } });
    expect(screen.getByText(/Too long by 2 characters/)).toBeVisible();
    await userEvent.type(field(), '{Enter}');
    expect(visit.room.send).not.toHaveBeenCalled();
  });

  it('keeps a draft while another pane is shown', async () => {
    const visit = aVisit();
    const first = show(visit);
    await userEvent.type(field(), 'half a sent');
    first.unmount();
    show(visit);
    expect(field()).toHaveValue('half a sent');
  });

  it.each([
    ['finished', /conversation is closed/],
    ['planned', /as soon as the patient has arrived/],
  ] as const)('gives way to an explanation when the visit is %s', (state, words) => {
    show(aVisit('patient', { state: { consultation: aConsultation(state) } }));
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByText(words)).toBeVisible();
  });
});

describe('a message', () => {
  it('shows who wrote it, when, and that the record has it', () => {
    const entries = [
      anEntry(1, { text: 'How are you?' }),
      anEntry(2, { text: 'Better', author_id: patientId }),
    ];
    show(aVisit('patient', { state: { entries } }));
    expect(log().getByText('张文华')).toBeVisible();
    expect(log().getByText('You')).toBeVisible();
    expect(log().getAllByText(/^\d\d:\d\d/)).toHaveLength(2);
    // The seal is for one's own: the other's word is not this page's to vouch for.
    expect(log().getAllByText('Kept')).toHaveLength(1);
  });

  it('shows that it is on its way, or waits for the connection', () => {
    const state = { outbox: [aPending()] };
    const first = show(aVisit('patient', { state }));
    expect(log().getByText('Sending')).toBeVisible();
    first.unmount();
    const connection = { status: 'reconnecting' as const, since: 0 };
    show(aVisit('patient', { state: { ...state, connection } }));
    expect(log().getByText('Waiting for the connection')).toBeVisible();
    expect(screen.getByText(/sent as soon as it is back/)).toBeVisible();
  });

  it('that failed says why, and is sent again or deleted', async () => {
    const error = new LiveError('room.busy');
    const visit = aVisit('patient', { state: { outbox: [aPending({ state: 'failed', error })] } });
    show(visit);
    expect(log().getByRole('alert')).toHaveTextContent("The visit's room is very busy.");
    await userEvent.click(log().getByRole('button', { name: 'Try again' }));
    expect(visit.room.retryMessage).toHaveBeenCalledWith('m1');
    await userEvent.click(log().getByRole('button', { name: 'Delete' }));
    expect(visit.room.discardMessage).toHaveBeenCalledWith('m1');
  });

  it('is text, whatever is written in it', () => {
    const entries = [anEntry(1, { text: '<img src=x onerror=alert(1)>' })];
    show(aVisit('patient', { state: { entries } }));
    expect(log().getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  });
});

describe('a file', () => {
  const aFileEntry = (seq: number, type: string, name: string, author_id = doctorId) =>
    anEntry(seq, {
      kind: 'file',
      text: null,
      author_id,
      detail: { digest: 'ab'.repeat(32), name, size: 1_572_864, type },
    });
  const choose = (file: File) =>
    userEvent.upload(screen.getByTestId('file-chooser'), file, { applyAccept: false });

  beforeEach(() => {
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() });
  });

  it('is shown as a picture, or as a calm row with its size', () => {
    const entries = [
      aFileEntry(1, 'image/png', 'rash.png'),
      aFileEntry(2, 'application/pdf', 'results.pdf'),
      aFileEntry(3, 'image/heic', 'photo.heic', patientId),
    ];
    show(aVisit('patient', { state: { entries } }));
    const picture = log().getByRole('img', { name: 'Picture rash.png' });
    expect(picture).toHaveAttribute('src', expect.stringMatching(/\/files\/1$/));
    expect(log().getAllByRole('img')).toHaveLength(1);
    const link = log().getByRole('link', { name: 'Open results.pdf' });
    expect(link).toHaveAttribute('href', expect.stringMatching(/\/files\/2$/));
    expect(link).toHaveTextContent('PDF document · 1.5 MB');
    expect(log().getAllByText('Kept')).toHaveLength(1);
  });

  it('whose picture cannot be drawn says so and can be opened', () => {
    show(aVisit('patient', { state: { entries: [aFileEntry(1, 'image/png', 'rash.png')] } }));
    fireEvent.error(log().getByRole('img'));
    expect(log().queryByRole('img')).toBeNull();
    expect(log().getByText(/cannot show the picture/)).toBeVisible();
  });

  it('is chosen by the paperclip, and says when it is too large', async () => {
    show(aVisit());
    expect(screen.getByRole('button', { name: 'Add a picture or a PDF' })).toBeEnabled();
    const file = new File(['x'], 'scan.pdf', { type: 'application/pdf' });
    Object.defineProperty(file, 'size', { value: 21 * 1024 * 1024 });
    await choose(file);
    expect(log().getByRole('alert')).toHaveTextContent('larger than 20 MB');
    expect(log().queryByRole('button', { name: 'Try again' })).toBeNull();
    await userEvent.click(log().getByRole('button', { name: 'Delete' }));
    expect(log().queryByText('scan.pdf')).toBeNull();
  });

  it('that was pasted is added too, and shows how far it is', async () => {
    // An upload that is under way, and stays so.
    vi.spyOn(XMLHttpRequest.prototype, 'send').mockImplementation(() => undefined);
    show(aVisit());
    const file = new File(['x'], 'rash.png', { type: 'image/png' });
    fireEvent.paste(field(), { clipboardData: { files: [file] } });
    expect(await log().findByRole('progressbar')).toBeVisible();
    expect(log().getByText('Adding, 0%')).toBeVisible();
  });

  it('cannot be added when the conversation is closed', () => {
    show(aVisit('patient', { state: { consultation: aConsultation('finished') } }));
    expect(screen.queryByTestId('file-chooser')).toBeNull();
  });
});

it('tells facts in the language of the reader', () => {
  const entries = [
    anEntry(1, { kind: 'arrived', text: null, author_id: patientId }),
    anEntry(2, { kind: 'admitted', text: null, author_id: doctorId }),
  ];
  chooseLanguage('zh-CN');
  show(aVisit('patient', { state: { entries } }));
  expect(screen.getByText('您已到达')).toBeVisible();
  expect(screen.getByText('张文华开始接诊')).toBeVisible();
});

it('says what will be here while it is empty', () => {
  show(aVisit());
  expect(screen.getByText('Nothing has been written yet.')).toBeVisible();
});

describe('the sheet', () => {
  it('is closed by its button and by Escape, and out of reach while closed', async () => {
    const onClose = vi.fn();
    const { handle } = aVisit();
    const { rerender } = renderView(
      <ChatPane visit={handle} layout="sheet" opened onClose={onClose} />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close the chat' }));
    await userEvent.type(field(), '{Escape}');
    expect(onClose).toHaveBeenCalledTimes(2);
    rerender(<p />);
    const { container } = renderView(<ChatPane visit={handle} layout="sheet" />);
    expect(container.querySelector('[role="dialog"]')).toHaveAttribute('inert');
  });
});

describe('what cannot be read any more', () => {
  const gone = { text: null, detail: null };
  const entries = [
    anEntry(1, { ...gone, unreadable: 'damaged' }),
    anEntry(2, { ...gone, kind: 'file', unreadable: 'destroyed' }),
  ];

  it.each([
    ['en', /message can no longer be read/, /file was destroyed/],
    ['zh-CN', /消息已无法读取/, /文件保存期满/],
  ] as const)(
    'is said in words instead of an empty bubble (%s)',
    (language, damaged, destroyed) => {
      chooseLanguage(language);
      renderView(
        <ChatPane visit={aVisit('patient', { state: { entries } }).handle} layout="pane" />,
      );
      expect(screen.getByText(damaged)).toBeVisible();
      expect(screen.getByText(destroyed)).toBeVisible();
      expect(document.querySelectorAll('[data-unreadable]')).toHaveLength(2);
      expect(screen.queryByText(language === 'en' ? 'Kept' : '已存证')).toBeNull();
    },
  );
});
