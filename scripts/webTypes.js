// Writes the types and texts of the web page's GraphQL documents. They are committed, so that the page builds without the
// code generator, and a change of the API is visible in review.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse, print } from 'graphql';

const WEB = new URL('../src/web/api/', import.meta.url);
const schema = parse(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'));
const document = parse(await readFile(new URL('operations.graphql', WEB), 'utf8'));
const files = await preset.buildGeneratesSection({
  baseOutputDir: 'generated/',
  schema,
  schemaAst: buildASTSchema(schema),
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
await mkdir(new URL('generated/', WEB), { recursive: true });
for (const file of files.filter(({ filename }) => filename.endsWith('graphql.ts'))) {
  await writeFile(new URL(file.filename, WEB), await codegen(file));
}
