import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bilingual } from '../../domain/language.js';
import { errorCode } from '../../engine/storage/thrown.js';
import { OperationRefused } from '../operations/operation.js';
import { pathExists } from '../pathExists.js';

/** Arguments of `option()` that declare `--overwrite`. */
export const OVERWRITE = ['--overwrite', 'replace the file if it exists'] as const;

/** A file that a command writes. */
export interface OutputFile {
  readonly path: string;
  /** True to replace an existing file. */
  readonly overwrite: boolean;
}

/** Checks that a file may be written, before the work that creates its content begins. @throws OperationRefused */
export async function checkOutput({ path, overwrite }: OutputFile): Promise<void> {
  if (!overwrite && (await pathExists(path))) throw new OperationRefused(existsAlready(path));
}

/**
 * Writes a file. An existing file is replaced only with `overwrite`, and not before the new one is complete. After an
 * error no incomplete file is left.
 *
 * @param write writes the content, piece by piece.
 * @throws OperationRefused when the file exists or cannot be written.
 */
export async function writeOutput(
  { path, overwrite }: OutputFile,
  write: (put: (content: string | Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  // Without `overwrite` the exclusive creation of the file itself is the check.
  const target = overwrite ? join(dirname(path), `.${randomUUID()}.part`) : path;
  // Only the owner may read the file: an export may contain names of persons.
  const file = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw new OperationRefused(errorCode(error) === 'EEXIST' ? existsAlready(path) : notWritable(path, error), {
      cause: error,
    });
  });
  try {
    await write((content) => file.writeFile(content)).finally(() => file.close());
    if (overwrite) await rename(target, path);
  } catch (error) {
    await rm(target, { force: true });
    throw errorCode(error) === undefined ? error : new OperationRefused(notWritable(path, error), { cause: error });
  }
}

function existsAlready(path: string): Bilingual {
  return {
    ru: `файл ${path} уже есть: назовите другой или добавьте --overwrite, чтобы заменить его`,
    en: `the file ${path} exists already: name another one, or add --overwrite to replace it`,
  };
}

function notWritable(path: string, error: unknown): Bilingual {
  const code = String(errorCode(error) ?? error);
  return {
    ru: `файл ${path} нельзя записать (${code}): проверьте папку и права`,
    en: `the file ${path} cannot be written (${code}): check the directory and its permissions`,
  };
}
