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

const sources = Object.entries(
  import.meta.glob<string>(
    ['../../**/*.{ts,tsx}', '!../../**/*.test.{ts,tsx}', '!../../protocol/*'],
    {
      eager: true,
      import: 'default',
      query: '?raw',
    },
  ),
);

/** The code that can say a folder's strings: what lies beside them, and what imports it. */
function saidBy(folder: string): string {
  const place = folder.replace(/strings$/, '');
  const name = place.split('/').at(-2) ?? '';
  return sources
    .filter(([path, code]) => path.startsWith(place) || code.includes(`/${name}';`))
    .map(([, code]) => code)
    .join('\n');
}

/** Whether a key stands in the code, whole or as a template such as `state.${state}`. */
function said(code: string): (key: string) => boolean {
  const templates = [...code.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)]
    .map(([, template = '']) => template.split(/\$\{[^}]*\}/))
    .filter((parts) => parts.some((part) => /\w/.test(part)))
    .map(
      (parts) => new RegExp(`^${parts.map((part) => part.replace(/[^\w-]/g, '\\$&')).join('.+')}$`),
    );
  return (key) => code.includes(`'${key}'`) || templates.some((one) => one.test(key));
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

  it('are all said somewhere', () => {
    const isSaid = said(saidBy(folder));
    expect(english.map(([key]) => base(key)).filter((key) => !isSaid(key))).toEqual([]);
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
