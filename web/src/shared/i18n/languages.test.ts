import { afterEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from './i18n';
import { detectLanguage } from './languages';

afterEach(() => window.localStorage.clear());

it('prefers what the person chose over the browser', () => {
  vi.spyOn(window.navigator, 'languages', 'get').mockReturnValue(['zh-CN']);
  window.localStorage.setItem('televisit.language', 'en');
  expect(detectLanguage()).toBe('en');
});

it('takes the first language of the browser that we write', () => {
  vi.spyOn(window.navigator, 'languages', 'get').mockReturnValue(['fr', 'en-GB', 'zh']);
  expect(detectLanguage()).toBe('en');
});

it('falls back to Chinese', () => {
  vi.spyOn(window.navigator, 'languages', 'get').mockReturnValue(['fr']);
  expect(detectLanguage()).toBe('zh-CN');
});

it('keeps the document language true', () => {
  chooseLanguage('zh-CN');
  expect(document.documentElement.lang).toBe('zh-CN');
  chooseLanguage('en');
  expect(document.documentElement.lang).toBe('en');
});
