/**
 * Event sourcing with a provable history: what a product needs to declare its streams and read models, and to run them
 * on SQLite files or on KurrentDB and MongoDB. `examples/todo` is a complete product.
 */
export { systemClock } from './clock.js';
export { defineStream } from './commands/defineStream.js';
export { StreamHandler } from './commands/handler.js';
export type { ProductTypes, StateOf } from './commands/stream.js';
export type { RecordedEvent } from './eventstore/envelope.js';
export { eventTypes } from './eventstore/eventTypes.js';
export { verifyBundle } from './log/bundle.js';
export { verifierFrom } from './log/note.js';
export { type EnginePlaces, openEngine } from './open.js';
export { projection } from './projections/projection.js';
export { bodyOf, defineReadModel } from './projections/readModel.js';
export { readModels } from './projections/readModels.js';
export { ProjectionRunner } from './projections/runner.js';
export { foldingOf, type StreamChange } from './projections/streamFolding.js';
export { transparencyLog } from './signing/transparencyLog.js';
export { supervise } from './workers/supervisor.js';
