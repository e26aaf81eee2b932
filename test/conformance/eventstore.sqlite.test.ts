import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { eventStoreConformance } from './eventstore.js';
import { modelCases } from './eventstore.model.js';

const open = (directory: string) => openSqliteEventStore(join(directory, 'chronicle.sqlite'));

eventStoreConformance('SQLite', open, { knowsIdsElsewhere: true });

// This engine keeps the order of arrival within a turn of the event loop, so the content of a group is predictable.
modelCases(open, { knowsIdsElsewhere: true }, true);
