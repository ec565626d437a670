import { expect, it } from 'vitest';
import { countriesIn, countryName, countryOf } from './countries';

it.each(['en', 'zh-CN'])('begins with the hospital’s country in %s', (language) => {
  expect(countriesIn(language, 'CN')[0]?.value).toBe('CN');
  expect(countriesIn(language, 'DE')[0]?.value).toBe('DE');
});

it('knows the country by the hospital’s clock', () => {
  expect(countryOf('Asia/Shanghai')).toBe('CN');
  expect(countryOf('Europe/Berlin')).toBe('DE');
  expect(countryOf(undefined)).toBe('CN');
  expect(countryOf('Etc/UTC')).toBe('CN');
});

it('names the parts of China as a hospital there does', () => {
  const names = (language: string) => ['HK', 'MO', 'TW'].map((one) => countryName(one, language));
  expect(names('zh-CN')).toEqual(['中国香港', '中国澳门', '中国台湾']);
  expect(names('en')).toEqual(['Hong Kong, China', 'Macao, China', 'Taiwan, China']);
});
