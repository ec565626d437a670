import { expect, it } from 'vitest';
import { languageName } from './languageName';

it('has words for every language that doctors can speak', () => {
  const tags = 'zh yue en fr de es pt ru ar ja ko ug bo mn'.split(' ');
  for (const language of ['en', 'zh-CN'] as const) {
    const words = tags.map((tag) => languageName(tag, language));
    expect(new Set(words).size).toBe(tags.length);
    expect(words.filter((word) => tags.includes(word))).toEqual([]);
  }
  expect(languageName('yue', 'zh-CN')).toBe('粤语');
});
