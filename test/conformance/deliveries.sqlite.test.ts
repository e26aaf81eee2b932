import { join } from 'node:path';
import { openDeliveries } from '../../src/webhooks/deliveries/sqlite.js';
import { deliveriesConformance } from './deliveries.js';

deliveriesConformance('sqlite', (directory) => openDeliveries(join(directory, 'access.db')));
