// Writes schema.graphql from the code, so that changes of the API are visible in review.
import { writeFile } from 'node:fs/promises';
import { schemaText } from '../dist/graphql/schema.js';

await writeFile(new URL('../schema.graphql', import.meta.url), schemaText());
