import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { consentPoints, consentVersion } from './consentText';
import en from './strings/en.json';
import zhCN from './strings/zh-CN.json';

/** Whoever changes the words gives them a new version, and adds its line here. Lines are never changed. */
const known: Record<string, Record<string, string>> = {
  '2026-11': {
    en: '998d418f0a719c9774df2d4d1751cf1106d189dda1646ba8495c87902482cdfe',
    'zh-CN': 'c75d18d9771f1deea9e162a52d8f79f2bf1b96d20c733d31d129aaee040f2ed7',
  },
  '2026-11.2': {
    en: '216cc35d8926a5cc50c657cc1f6ede0ec96b21756802e54e8d07a0df61d0fdc6',
    'zh-CN': '39b6a0662fb3028d82117aa74526071361a33e98066b42ab758e6f90bb86b316',
  },
  '2026-11.3': {
    en: '14a74f8309f47a12c435d7982c1771ebbedbb02ff9d4fb85cfc5b581eca59754',
    'zh-CN': '2e33c088adee9fdfcb37450197f4fd2b7d040f8cd30dc34490e0f7f16ab04a37',
  },
  '2026-11.4': {
    en: '14a74f8309f47a12c435d7982c1771ebbedbb02ff9d4fb85cfc5b581eca59754',
    'zh-CN': 'e92762817db92f2651985415d00a5528d5a3b62a709c2a2db3a1c582a4c273fc',
  },
};

it.each([
  ['en', en],
  ['zh-CN', zhCN],
])('the words of this version are those that were agreed to, in %s', (language, strings) => {
  const lines = [strings.consent.title, ...consentPoints.map((key) => strings.consent[key])];
  const digest = createHash('sha256').update(lines.join('\n')).digest('hex');
  expect(known[consentVersion]?.[language]).toBe(digest);
});
