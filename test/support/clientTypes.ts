import { readFileSync } from 'node:fs';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse, print } from 'graphql';
import { z } from 'zod';

const CLIENT = new URL('../../examples/integrator/', import.meta.url);

const Config = z.object({
  schema: z.string(),
  documents: z.string(),
  generates: z.object({
    'generated/': z.object({
      preset: z.literal('client'),
      presetConfig: z.record(z.string(), z.unknown()),
      config: z.record(z.string(), z.unknown()),
    }),
  }),
});

/**
 * Returns the files that `npm run generate` of the typed client writes, by name. Uses codegen.json and its preset
 * directly, because the code generator's command line is a large dependency.
 */
export async function clientTypes(): Promise<ReadonlyMap<string, string>> {
  const text = (path: string) => readFileSync(new URL(path, CLIENT), 'utf8');
  const { schema: schemaPath, documents, generates } = Config.parse(JSON.parse(text('codegen.json')));
  const { presetConfig, config } = generates['generated/'];
  const schema = parse(text(schemaPath));
  const document = parse(text(documents));
  const files = await preset.buildGeneratesSection({
    baseOutputDir: 'generated/',
    schema,
    schemaAst: buildASTSchema(schema),
    documents: [{ location: documents, rawSDL: print(document), document }],
    config,
    presetConfig,
    plugins: [],
    pluginMap: {},
  });
  const written = files.map(async (file) => [file.filename, await codegen(file)] as const);
  return new Map(await Promise.all(written));
}
