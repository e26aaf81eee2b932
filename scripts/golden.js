// Freezes new golden files: adds their hashes to test/golden/frozen.json. An existing hash is never changed, because
// stored events of that shape exist and must remain readable.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const directory = new URL('../test/golden/', import.meta.url);
const manifest = new URL('frozen.json', directory);
const frozen = JSON.parse(await readFile(manifest, 'utf8').catch(() => '{}'));
const files = (await readdir(directory)).filter((name) => /^\w+\.v\d+\.json$/.test(name)).sort();
for (const name of files) {
  const bytes = await readFile(new URL(name, directory));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The leaf hash of RFC 6962: the hash of a zero byte and the stored bytes.
  const leaf = createHash('sha256').update(Buffer.of(0)).update(bytes).digest('hex');
  const known = frozen[name];
  if (known && known.sha256 !== sha256) {
    throw new Error(`${name} is frozen: put it back, and give a new shape a new version`);
  }
  if (!known) process.stdout.write(`frozen: ${name}\n`);
  frozen[name] = { sha256, leaf };
}
await writeFile(manifest, `${JSON.stringify(frozen, null, 2)}\n`);
