import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { create, extract, list } from 'tar';
import { z } from 'zod';
import { OperationRefused } from './operation.js';

/** The files in a backup besides its manifest. */
export const PARTS = ['chronicle.db', 'keys.db', 'access.db'] as const;

const MANIFEST = 'manifest.json';

/** Schema of `manifest.json`, which describes the content of a backup. */
export const BackupManifest = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  letopis: z.string(),
  chronicleId: z.string(),
  events: z.number(),
  streams: z.number(),
  head: z.string(),
  files: z.record(z.enum(PARTS), z.object({ bytes: z.number(), sha256: z.string() })),
});
/** The content of `manifest.json`. */
export type BackupManifest = z.infer<typeof BackupManifest>;

/** Packs the files of a directory into a gzipped tar, and syncs it to the disk. */
export async function pack(directory: string, archive: string): Promise<void> {
  await create({ gzip: true, file: archive, cwd: directory, portable: true }, [MANIFEST, ...PARTS]);
  const handle = await open(archive, 'r+');
  await handle.sync();
  await handle.close();
}

/** Returns the SHA-256 (hex) of each file in an archive, by its name. */
export async function archiveHashes(archive: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  await list({
    file: archive,
    strict: true,
    onReadEntry(entry) {
      const hash = createHash('sha256');
      entry.on('data', (chunk) => hash.update(chunk));
      entry.on('end', () => hashes.set(entry.path, hash.digest('hex')));
    },
  });
  return hashes;
}

/**
 * Unpacks the known files of a backup into an empty directory. Any other entry of the archive is ignored.
 *
 * @throws OperationRefused when the archive is not a complete backup.
 */
export function unpack(archive: string, directory: string): void {
  const names: readonly string[] = [MANIFEST, ...PARTS];
  const found = new Set<string>();
  try {
    // Synchronous, because the asynchronous variant reports an error while it still creates files in the directory.
    extract({
      sync: true,
      file: archive,
      cwd: directory,
      strict: true,
      preserveOwner: false,
      filter(path, entry) {
        const fits = names.includes(path) && 'type' in entry && entry.type === 'File';
        if (fits) found.add(path);
        return fits;
      },
    });
  } catch (error) {
    throw new OperationRefused({
      ru: `${archive} — не резервная копия Летописи, или она повреждена: ${String(error)}`,
      en: `${archive} is no backup of Letopis, or it is damaged: ${String(error)}`,
    });
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new OperationRefused({
      ru: `${archive} — не резервная копия Летописи: в ней нет ${missing.join(', ')}`,
      en: `${archive} is no backup of Letopis: it has no ${missing.join(', ')}`,
    });
}
