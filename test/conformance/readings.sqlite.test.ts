import { join } from 'node:path';
import { openReadingLog } from '../../src/access/readings/sqlite.js';
import { readingsConformance } from './readings.js';

readingsConformance('sqlite', (directory) => openReadingLog(join(directory, 'access.db')));
