// Writes the types and texts of the GraphQL documents of the web page and of the TypeScript client. They are committed,
// so that both build without the code generator, and a change of the API is visible in review.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, getNamedType, isInputObjectType, parse, print } from 'graphql';

const ROOT = new URL('../', import.meta.url);
const schema = parse(await readFile(new URL('schema.graphql', ROOT), 'utf8'));
const schemaAst = buildASTSchema(schema);

/**
 * The generated code imports one type from a package. The client has no dependencies, so it declares that type itself.
 */
const IMPORTED_TYPE = "import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';\n";
const OWN_TYPE =
  'interface DocumentTypeDecoration<TResult, TVariables> {\n  __apiType?: (variables: TVariables) => TResult;\n}\n';

await writeTypes('src/web/api/operations.graphql', 'src/web/api/generated/');
await writeTextLimits('src/web/api/operations.graphql', 'src/web/api/generated/textLimits.ts');
await writeTypes('clients/typescript/operations.graphql', 'clients/typescript/src/generated/', (text) => {
  if (!text.includes(IMPORTED_TYPE)) throw new Error('the generated code has another import: adapt this script');
  return text.replace(IMPORTED_TYPE, OWN_TYPE);
});
const codes = schemaAst.getType('ErrorCode').getValues();
const lines = codes.map(({ name, description }) => `  /** ${description} */\n  | '${name}'`);
await writeFile(
  new URL('clients/typescript/src/generated/errorCodes.ts', ROOT),
  `/** Codes of errors, with what the caller can do. */\nexport type ErrorCode =\n${lines.join('\n')};\n`,
);

async function writeTypes(operations, generated, changed = (text) => text) {
  const document = parse(await readFile(new URL(operations, ROOT), 'utf8'));
  const files = await preset.buildGeneratesSection({
    baseOutputDir: 'generated/',
    schema,
    schemaAst,
    documents: [{ location: 'operations.graphql', rawSDL: print(document), document }],
    config: {
      documentMode: 'string',
      useTypeImports: true,
      onlyOperationTypes: true,
      enumsAsTypes: true,
      scalars: { Position: 'string', Date: 'string', DateTime: 'string' },
    },
    presetConfig: { fragmentMasking: false, skipIndexFile: true },
    plugins: [],
    pluginMap: {},
  });
  const directory = new URL(generated, ROOT);
  await mkdir(directory, { recursive: true });
  const file = files.find(({ filename }) => filename.endsWith('graphql.ts'));
  await writeFile(new URL('graphql.ts', directory), changed(await codegen(file)));
}

/** Writes how many characters each text may have that the operations can send, as the schema describes it. */
async function writeTextLimits(operations, generated) {
  const roots = [schemaAst.getQueryType(), schemaAst.getMutationType()].map((type) => type.getFields());
  const { definitions } = parse(await readFile(new URL(operations, ROOT), 'utf8'));
  const selected = definitions.flatMap(({ kind, selectionSet }) =>
    kind === 'OperationDefinition' ? selectionSet.selections.flatMap(({ name }) => name?.value ?? []) : [],
  );
  const fields = [...new Set(selected)].sort().flatMap((name) => roots.flatMap((each) => each[name] ?? []));
  const limits = fields.flatMap(({ name, args }) => {
    const own = args.flatMap((each) => limitsOf(each, each.name === 'input' ? '' : each.name, []));
    return own.length === 0 ? [] : [`  ${name}: {\n${own.join('')}  },\n`];
  });
  const comment = '/** Maximum number of characters of each text, by the root field and the path of the input. */\n';
  await writeFile(new URL(generated, ROOT), `${comment}export const TEXT_LIMITS = {\n${limits.join('')}} as const;\n`);
}

/** Returns the lines of an input and of all inputs in it. Items of lists have no index in their path. */
function limitsOf({ type: given, description }, path, within) {
  const [, max] = /at most (\d+) characters\.$/i.exec(description ?? '') ?? [];
  if (max !== undefined) return [`    '${path}': ${max},\n`];
  const type = getNamedType(given);
  if (!isInputObjectType(type) || within.includes(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    limitsOf(field, path === '' ? field.name : `${path}.${field.name}`, [...within, type]),
  );
}
