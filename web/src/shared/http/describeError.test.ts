import { beforeEach, describe, expect, it } from 'vitest';
import schema from '../../../schema/signaling.json';
import { i18n } from '../i18n';
import { ApiError } from './apiError';
import { describeError, describeField } from './describeError';
import { has } from './strings';

beforeEach(() => i18n.changeLanguage('en'));

describe('an error in words', () => {
  it('is said by its code', () => {
    const said = describeError(new ApiError({ status: 401, code: 'auth.invalid_credentials' }));
    expect(said.what).toBe('The account or the password is not right.');
  });

  it('says how long to wait', () => {
    const after = (retryAfterS: number) =>
      describeError(new ApiError({ status: 429, code: 'auth.throttled', retryAfterS })).next;
    expect(after(30)).toContain('30 seconds');
    expect(after(120)).toContain('2 minutes');
  });

  it.each([400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 502, 503])(
    'is said by its status %d when the code is unknown',
    (status) => {
      const said = describeError(new ApiError({ status, code: 'new.code', logId: 'r-9' }));
      expect(said.what).not.toBe('');
      expect(said.what).not.toMatch(/went wrong/i);
      expect(said.code).toBe('new.code · r-9');
    },
  );

  it('speaks Chinese too', async () => {
    await i18n.changeLanguage('zh-CN');
    const said = describeError(
      new ApiError({ status: 429, code: 'auth.throttled', retryAfterS: 30 }),
    );
    expect(said.next).toBe('为保护账号，登录已暂停，请在30秒钟后再试。');
  });

  it('never shows a stranger fault as it is', () => {
    expect(describeError(new Error('x is undefined')).what).toBe('This page could not be shown.');
  });

  it.each(schema.$defs.Code.enum)('has its own words for %s', (code) => {
    expect([has(`${code}.what`), has(`${code}.next`)]).toEqual([true, true]);
  });

  it('says a field by the kind of its mistake', () => {
    const fields = { login: 'too_short', name: 'new_kind' };
    const error = new ApiError({ status: 422, code: 'input.invalid', fields });
    expect(describeField(error, 'login')).toBe('This is too short.');
    expect(describeField(error, 'name')).toBe('Check this.');
    expect(describeField(error, 'password')).toBeUndefined();
  });
});
