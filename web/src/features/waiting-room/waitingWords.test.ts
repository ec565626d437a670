import { beforeEach, expect, it } from 'vitest';
import type { WaitingView } from '../../protocol/signaling';
import { chooseLanguage, defineStrings } from '../../shared/i18n';
import en from './strings/en.json';
import zhCN from './strings/zh-CN.json';
import { waitingWords } from './waitingWords';

const { text } = defineStrings('waiting-room', { en, 'zh-CN': zhCN });
const due = { minutesAway: -3, time: '14:30' };

function view(before: number, from: number, to: number): WaitingView {
  return {
    before,
    wait_from_min: from,
    wait_to_min: to,
    doctor_present: true,
    state: 'arrived',
  };
}

beforeEach(() => chooseLanguage('en'));

it.each([
  [view(0, 0, 5), 'You are next', 'Within about 5 minutes'],
  [view(0, 5, 15), 'You are next', 'About 5–15 minutes'],
  [view(1, 10, 10), '1 before you', 'About 10 minutes'],
  [view(2, 10, 20), '2 before you', 'About 10–20 minutes'],
])('says place and wait: %#', (waiting, place, wait) => {
  expect(waitingWords(text, waiting, due)).toEqual({ place, wait });
});

it('speaks Chinese', () => {
  chooseLanguage('zh-CN');
  expect(waitingWords(text, view(2, 10, 20), due)).toEqual({
    place: '前面还有 2 位',
    wait: '大约 10–20 分钟',
  });
  expect(waitingWords(text, view(0, 0, 5), due).place).toBe('下一位就是您');
});

it('promises nothing before it knows', () => {
  expect(waitingWords(text, null, due)).toEqual({
    place: 'You are in the waiting room',
    wait: 'Looking up your place',
  });
});

it('says the planned time while it is later than the estimate', () => {
  const early = { minutesAway: 40, time: '14:30' };
  expect(waitingWords(text, view(0, 0, 5), early)).toEqual({
    place: 'You are next',
    wait: 'Planned for 14:30',
    note: 'The doctor may call you earlier.',
  });
  expect(waitingWords(text, view(3, 30, 60), early).wait).toBe('About 30–60 minutes');
});
