// Writes src/protocol/ from the schemas that the server emits into schema/.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const root = new URL('..', import.meta.url);

/** @param {string} path */
async function readSchema(path) {
  try {
    return JSON.parse(await readFile(new URL(path, root), 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Error(
      missing
        ? `web/${path} is missing: have the server write its schemas first.`
        : `web/${path} is no JSON: ${error}`,
      { cause: error },
    );
  }
}

/** @param {string} path @param {string} source @param {string} body */
async function write(path, source, body) {
  const options = await prettier.resolveConfig(new URL('index.html', root));
  const text = `// Generated; do not edit. Source: ${source}\n\n${body}`;
  const target = new URL(path, root);
  await mkdir(new URL('.', target), { recursive: true });
  await writeFile(target, await prettier.format(text, { ...options, parser: 'typescript' }));
}

/**
 * Takes the titles off everything that is no definition: each would become a type of its own
 * (`ConsultationId7`) or a comment, where the field's name already says it.
 * @param {unknown} node @returns {unknown}
 */
function withoutFieldTitles(node) {
  if (Array.isArray(node)) return node.map(withoutFieldTitles);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => !(key === 'title' && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutFieldTitles(value)]));
}

/** The compiler's notes on where a definition is used, which say nothing that the types do not. */
const usageNote = / \*\s*This interface was referenced by[^\n]*\n \* via the [^\n]*\n/g;
const emptyComment = /\/\*\*[\s*]*\*\/\n/g;
const danglingLine = /\n \*\s*\n \*\//g;

async function signaling() {
  const source = 'schema/signaling.json';
  const schema = withoutFieldTitles(await readSchema(source));
  const options = {
    bannerComment: '',
    format: false,
    additionalProperties: false,
    unreachableDefinitions: true,
    $refOptions: { resolve: { external: false } },
  };
  const body = await compile(/** @type {object} */ (schema), 'Signaling', options);
  const plain = body
    .replace(usageNote, '')
    .replace(emptyComment, '')
    .replace(danglingLine, '\n */');
  await write('src/protocol/signaling.ts', source, plain);
}

async function api() {
  const source = 'schema/openapi.json';
  const { openapi, info, components } = await readSchema(source);
  // The types of what is sent and answered. The routes would be four fifths of the file, and no page reads them.
  const schemas = /** @type {Record<string, import('openapi-typescript').SchemaObject>} */ (
    withoutFieldTitles(components.schemas)
  );
  const bodies = { openapi, info, paths: {}, components: { schemas } };
  const tree = await openapiTS(bodies, { alphabetize: true });
  await write('src/protocol/api.ts', source, astToString(tree));
}

async function callQuality() {
  const source = 'schema/call-quality.json';
  const limits = JSON.stringify(await readSchema(source));
  const why =
    '/** From where on a figure is good, no longer excellent, and poor. See docs/call-quality.md. */';
  const body = `${why}\nexport const callQuality = ${limits} as const;\n`;
  await write('src/protocol/callQuality.ts', source, body);
}

try {
  await signaling();
  await callQuality();
  await api();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
