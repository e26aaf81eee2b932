import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PersistedDocuments } from '../graphql/http/persisted.js';
import { Documents } from '../graphql/request/document.js';
import { schema } from '../graphql/schema.js';
import { InvalidConfig } from './config.js';

const PersistedManifest = z.record(z.string(), z.string());

/**
 * Returns the persisted GraphQL documents by id. The file is a JSON object of ids and texts, as GraphQL Code Generator
 * writes it.
 *
 * @throws InvalidConfig when the file is not such an object, or a document is not valid against the schema.
 */
export async function persistedDocuments(file: string | undefined): Promise<PersistedDocuments> {
  if (file === undefined) return new Map();
  const wrong = (what: string) => new InvalidConfig(`LETOPIS_DOCUMENTS: ${file} ${what}`);
  const text = await readFile(file, 'utf8').catch(() => {
    throw wrong('cannot be read');
  });
  const parsed = PersistedManifest.safeParse(jsonIn(text));
  if (!parsed.success) throw wrong('is no JSON object of ids and documents');
  const known = new Documents(schema(), { introspection: true });
  for (const [id, document] of Object.entries(parsed.data)) {
    const found = known.checked(document);
    if ('errors' in found) throw wrong(`has a document that does not fit: ${id}: ${found.errors[0]?.message}`);
  }
  return new Map(Object.entries(parsed.data));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
