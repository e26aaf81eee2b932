import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableDocument } from '../unreadable.js';
import { beginsWith, ZIP } from './signatures.js';

/** Limits of an office document. A plan of 5,000 rows needs a tenth of them. */
const MAX_ENTRIES = 3_000;
const MAX_TOTAL = 150_000_000;
/** Maximum size of all parts that are read, in total. */
const MAX_XML = 40_000_000;

const DAMAGED = 'open it in its program, save it anew and import that';

/**
 * Checks a zip container before it is read: inflates every entry once, measures it and discards it.
 *
 * @returns the names of its entries.
 * @throws UnreadableDocument for a bomb, an encrypted or damaged container, paths outside, and XML that declares a
 *   document type or entities, which office programs never write.
 */
export async function checkedContainer(bytes: Uint8Array): Promise<ReadonlySet<string>> {
  const zip = await openArchive(bytes);
  const names = new Set<string>();
  let total = 0;
  let xml = 0;
  try {
    if (zip.entryCount > MAX_ENTRIES)
      throw new UnreadableDocument(null, `it holds ${zip.entryCount} files: no office document`);
    for await (const entry of zip.eachEntry()) {
      names.add(entry.fileName);
      const isXml = isXmlPart(entry.fileName);
      const size = await checkedEntry(zip, entry, Math.min(MAX_TOTAL - total, isXml ? MAX_XML - xml : MAX_TOTAL));
      total += size;
      if (isXml) xml += size;
    }
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw damaged(error);
  }
  return names;
}

/**
 * Returns the unpacked size of a document in bytes. The container states the size, and it is not checked. Returns the
 * length of a file that is not a container.
 */
export async function unpackedBytes(bytes: Uint8Array): Promise<number> {
  if (!beginsWith(bytes, ZIP)) return bytes.length;
  let sum = 0;
  try {
    const zip = await openArchive(bytes);
    if (zip.entryCount > MAX_ENTRIES) return sum;
    for await (const { fileName, uncompressedSize } of zip.eachEntry())
      if (isXmlPart(fileName)) sum += uncompressedSize;
  } catch {
    // The reader of the format refuses a damaged container.
  }
  return sum;
}

/** Returns the text of one part of a container that was checked; undefined when there is no such part. */
export async function textOfPart(bytes: Uint8Array, name: string): Promise<string | undefined> {
  const zip = await openArchive(bytes);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue;
    const stream = await promisify(zip.openReadStream.bind(zip))(entry);
    return text(stream);
  }
  return undefined;
}

async function openArchive(bytes: Uint8Array): Promise<ZipFile> {
  const { fromBuffer } = await import('yauzl');
  const open = promisify<Buffer, { lazyEntries: true; validateEntrySizes: true }, ZipFile>(fromBuffer);
  try {
    return await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw damaged(error);
  }
}

/** Returns true for a part that is read. Pictures, fonts and embedded files would only take memory. */
export function isXmlPart(name: string): boolean {
  return /\.(xml|rels|vml)$/i.test(name);
}

async function checkedEntry(zip: ZipFile, entry: Entry, most: number): Promise<number> {
  if (entry.isEncrypted()) {
    throw new UnreadableDocument(
      null,
      'it is protected by a password: remove the protection and import that',
      'PROTECTED',
    );
  }
  const isXml = isXmlPart(entry.fileName);
  if (entry.uncompressedSize > most) throw bomb();
  let size = 0;
  let tail = '';
  const stream = await promisify(zip.openReadStream.bind(zip))(entry);
  for await (const chunk of stream) {
    const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += part.length;
    if (size > most) {
      stream.destroy();
      throw bomb();
    }
    if (!isXml) continue;
    const searched = tail + part.toString('latin1');
    if (/<!DOCTYPE|<!ENTITY|^(?:\xFF\xFE|\xFE\xFF)/.test(searched)) {
      stream.destroy();
      throw new UnreadableDocument(
        null,
        `its part ${entry.fileName} declares XML entities, as office programs never do`,
      );
    }
    tail = searched.slice(-10);
  }
  return size;
}

function bomb(): UnreadableDocument {
  return new UnreadableDocument(null, 'it unpacks to far more than a plan can be', 'TOO_LARGE');
}

function damaged(error: unknown): UnreadableDocument {
  const reason = error instanceof Error ? error.message : String(error);
  return new UnreadableDocument(
    null,
    `the file is damaged or cut short (${reason.slice(0, 200)}): ${DAMAGED}`,
    'DAMAGED',
  );
}
