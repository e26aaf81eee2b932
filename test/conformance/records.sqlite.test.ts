import { join } from 'node:path';
import { accessUnavailable } from '../../src/app/opened.js';
import { openSqliteRecords } from '../../src/engine/records/sqlite.js';
import { recordsConformance } from './records.js';

recordsConformance('sqlite', (directory) => openSqliteRecords(join(directory, 'access.db'), accessUnavailable));
