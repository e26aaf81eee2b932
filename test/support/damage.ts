import { open, readFile } from 'node:fs/promises';
import { openSqlite } from '../../src/engine/storage/sqlite.js';

const PAGE = 4_096;

/** Removes the last entry from the first page of an index, but not the row from the table. The file must be closed. */
export async function hideByPage(file: string, index: string): Promise<void> {
  const database = await openSqlite(file, 'writer');
  const { rootpage } = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(index) ?? {};
  database.close();
  const bytes = await readFile(file);
  const isLeaf = (page: number) => bytes[(page - 1) * PAGE] === 10;
  const root = Number(rootpage);
  const at = (root - 1) * PAGE;
  const leaf = isLeaf(root) ? root : bytes.readUInt32BE(at + bytes.readUInt16BE(at + 12));
  if (!isLeaf(leaf)) throw new Error(`the index ${index} has more levels than are handled here`);
  const cells = (leaf - 1) * PAGE + 3;
  const fewer = Buffer.alloc(2);
  fewer.writeUInt16BE(bytes.readUInt16BE(cells) - 1);
  const handle = await open(file, 'r+');
  await handle.write(fewer, 0, 2, cells);
  await handle.close();
}
