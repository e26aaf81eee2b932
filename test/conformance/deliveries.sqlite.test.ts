import { join } from 'node:path';
import { accessUnavailable } from '../../src/app/opened.js';
import { openSqliteRecords } from '../../src/engine/records/sqlite.js';
import { deliveriesConformance } from './deliveries.js';

deliveriesConformance('sqlite', (directory) => openSqliteRecords(join(directory, 'access.db'), accessUnavailable));
