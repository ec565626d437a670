import { describe, expect, it } from 'vitest';

type Resource = { [key: string]: string | Resource };

const files = import.meta.glob<Resource>('../../**/strings/*.json', {
  eager: true,
  import: 'default',
});

function flatten(resource: Resource, prefix = ''): [key: string, value: string][] {
  return Object.entries(resource).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

// English has two plural forms, Chinese one; both are the same key.
const base = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (value: string) => [...value.matchAll(/\{\{(\w+)/g)].map(([, name]) => name);

const folders = [...new Set(Object.keys(files).map((path) => path.replace(/\/[^/]+$/, '')))];

describe.each(folders)('the strings of %s', (folder) => {
  const english = flatten(files[`${folder}/en.json`] ?? {});
  const chinese = flatten(files[`${folder}/zh-CN.json`] ?? {});

  it('have the same keys in both languages', () => {
    const keys = (entries: [string, string][]) => [...new Set(entries.map(([key]) => base(key)))];
    expect(keys(english)).not.toEqual([]);
    expect(keys(chinese).sort()).toEqual(keys(english).sort());
  });

  it('are never empty', () => {
    expect([...english, ...chinese].filter(([, value]) => value.trim() === '')).toEqual([]);
  });

  it('do not shout', () => {
    expect([...english, ...chinese].filter(([, value]) => /[!！]/.test(value))).toEqual([]);
  });

  it('use the same values in both languages', () => {
    const used = (entries: [string, string][]) =>
      Object.fromEntries(entries.map(([key, value]) => [base(key), placeholders(value).sort()]));
    expect(used(chinese)).toEqual(used(english));
  });

  it('have their plural in English and Chinese', () => {
    const one = english.filter(([key]) => key.endsWith('_one')).map(([key]) => base(key));
    const others = new Set([...english, ...chinese].map(([key]) => key));
    expect(one.filter((key) => !others.has(`${key}_other`))).toEqual([]);
  });
});

it('finds the strings', () => {
  expect(folders.length).toBeGreaterThan(3);
});
