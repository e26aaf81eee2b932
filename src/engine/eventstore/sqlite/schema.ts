import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { inTransaction, type SqliteDatabase } from '../../storage/sqlite.js';
import { errorCode } from '../../storage/thrown.js';
import { ChronicleDamaged, EventStoreUnavailable } from '../port.js';
import { fillLog } from './log.js';

/** Version of the tables. A file with a higher version was written by a newer version of the program. */
const SCHEMA_VERSION = 3;

/** First version whose files hold a leaf hash for each event. */
const FIRST_WITH_LOG = 3;

/** «LETP» in the file header: distinguishes these files from those of other programs. */
const APPLICATION_ID = 0x4c455450;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** Every kind of event that was ever stored, with the version of the product that first stored it. */
const KIND_TABLES = `
  CREATE TABLE kinds (
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    written_by TEXT NOT NULL,
    PRIMARY KEY (type, schema_version)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * The transparency log: the tree over all events as its frontier (right edge), its full tiles of 256 hashes, and the
 * signed checkpoints. The leaf hash of an event is a column of its row.
 */
const LOG_TABLES = `
  CREATE TABLE tree (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    size INTEGER NOT NULL,
    roots BLOB NOT NULL
  ) STRICT;
  INSERT INTO tree (only, size, roots) VALUES (1, 0, x'');
  CREATE TABLE tiles (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (level, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoints (
    size INTEGER PRIMARY KEY,
    note TEXT NOT NULL
  ) STRICT;
  CREATE TABLE log_keys (
    name TEXT PRIMARY KEY,
    public_key TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** The migration of a file from each version to the next. Files of version 1 hold only events of schema version 1. */
const MIGRATIONS: readonly string[] = [
  `ALTER TABLE events ADD COLUMN schema_version INTEGER NOT NULL DEFAULT 1;
   ${KIND_TABLES}
   INSERT INTO kinds SELECT DISTINCT type, 1, '0.1.0' FROM events;`,
  `ALTER TABLE events ADD COLUMN leaf BLOB NOT NULL DEFAULT x'';
   ${LOG_TABLES}`,
];

const EVENT_TABLES = `
  CREATE TABLE head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL,
    chronicle_id TEXT NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    schema_version INTEGER NOT NULL DEFAULT 1,
    leaf BLOB NOT NULL DEFAULT x''
  ) STRICT;
  ${KIND_TABLES}
  ${LOG_TABLES}
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  CREATE UNIQUE INDEX events_by_id ON events (id);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Checks that a file does not belong to another program, before SQLite opens it for writing and so changes it.
 *
 * @throws EventStoreUnavailable if the file is not a chronicle.
 */
export async function refuseForeignFile(file: string): Promise<void> {
  const header = await readHeader(file);
  if (header.length === 0) return;
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new ChronicleDamaged(notOurs(file, 'is not a SQLite database'));
  }
  const pages = header.readUInt32BE(28);
  const application = header.readUInt32BE(68);
  // A crash between creating the file and creating the tables leaves at most one page without an application id.
  if (application !== APPLICATION_ID && !(application === 0 && pages <= 1)) {
    throw new EventStoreUnavailable(notOurs(file, 'belongs to another program'));
  }
}

/**
 * Creates the tables in a new file, or migrates and checks those of an existing file. Returns the id of the chronicle.
 *
 * @param wanted the id for a new chronicle; an existing chronicle with another id is refused.
 * @throws EventStoreUnavailable if the file is damaged, foreign, of a newer version, or holds another chronicle.
 */
export function prepareSchema(file: string, database: SqliteDatabase, wanted?: string): string {
  return inTransaction(database, () => {
    if (isEmpty(database)) create(database, wanted ?? randomUUID());
    else migrate(database);
    const chronicleId = check(file, database);
    if (wanted !== undefined && chronicleId !== wanted) {
      throw new EventStoreUnavailable(`${file} holds another chronicle (${chronicleId}): name another file`);
    }
    return chronicleId;
  });
}

async function readHeader(file: string): Promise<Buffer> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function isEmpty(database: SqliteDatabase): boolean {
  return (
    queriedInteger(database, 'PRAGMA application_id') === 0 &&
    queriedInteger(database, 'SELECT count(*) FROM sqlite_schema') === 0
  );
}

function create(database: SqliteDatabase, chronicleId: string): void {
  database.exec(EVENT_TABLES);
  database.prepare('INSERT INTO head (only, position, chronicle_id) VALUES (1, 0, ?)').run(chronicleId);
}

/**
 * Returns the id of the chronicle in a file that is open read-only.
 *
 * @param mustBeWhole false for a check that reports missing events itself.
 * @throws EventStoreUnavailable as {@link prepareSchema} does, and for a file that was not migrated to this version.
 */
export function identify(file: string, database: SqliteDatabase, mustBeWhole = true): string {
  return check(file, database, mustBeWhole);
}

function migrate(database: SqliteDatabase): void {
  if (queriedInteger(database, 'PRAGMA application_id') !== APPLICATION_ID) return;
  const version = queriedInteger(database, 'PRAGMA user_version');
  if (version < 1 || version >= SCHEMA_VERSION) return;
  for (const step of MIGRATIONS.slice(version - 1)) database.exec(step);
  if (version < FIRST_WITH_LOG) fillLog(database);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function check(file: string, database: SqliteDatabase, mustBeWhole = true): string {
  if (isEmpty(database)) throw damagedFile(file, 'it is empty');
  if (queriedInteger(database, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw new EventStoreUnavailable(notOurs(file, 'belongs to another program'));
  }
  const version = queriedInteger(database, 'PRAGMA user_version');
  if (version > SCHEMA_VERSION) {
    throw new EventStoreUnavailable(
      `${file} was written by a newer version of this program (schema ${version}, this one knows ${SCHEMA_VERSION}): install that version or a later one`,
    );
  }
  if (version >= 1 && version < SCHEMA_VERSION) {
    throw new EventStoreUnavailable(
      `${file} was written by an older version of this program (schema ${version}): start the server once to migrate it to schema ${SCHEMA_VERSION}`,
    );
  }
  if (version !== SCHEMA_VERSION) throw damagedFile(file, `it has schema ${version}`);
  const head: { position: number; chronicle_id: string } | undefined = database
    .prepare('SELECT position, chronicle_id FROM head')
    .get();
  if (!head) throw damagedFile(file, 'its head row is missing');
  const last = queriedInteger(database, 'SELECT coalesce(max(position), 0) FROM events');
  if (mustBeWhole && last !== head.position)
    throw damagedFile(file, `its head says ${head.position}, its last event is ${last}`);
  return head.chronicle_id;
}

function queriedInteger(database: SqliteDatabase, sql: string): number {
  const row: Record<string, unknown> = database.prepare(sql).get() ?? {};
  return Number(Object.values(row)[0]);
}

function notOurs(file: string, what: string): string {
  return `${file} ${what}, it is no chronicle: name another file, or restore this one from a backup`;
}

function damagedFile(file: string, what: string): ChronicleDamaged {
  return new ChronicleDamaged(`${file} is damaged (${what}): restore it from a backup`);
}
