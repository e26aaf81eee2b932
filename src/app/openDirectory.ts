import { AccessDirectory, type DirectoryParts, type DirectoryStart } from '../access/directory.js';
import type { Principal } from '../access/principal.js';
import { ADMINISTRATOR, SYSTEM } from '../access/principals.js';
import { type EventStore, START } from '../engine/eventstore/port.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import { documentPages } from '../engine/readstore/pages.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { holders } from '../projections/holders.js';
import { organisations } from '../projections/organisations.js';

/** Opens the access directory with the streams in the read models. @throws EventStoreUnavailable, UnreadableEvent */
export async function openDirectory(
  parts: DirectoryParts,
  store: ReadStore,
  runner: ProjectionRunner,
): Promise<AccessDirectory> {
  return AccessDirectory.open(parts, await directoryStart(parts.events, store, runner));
}

/** Returns all principals with a name: holders of access in force, the configured administrator and the system. */
export function namedPrincipals(
  directory: AccessDirectory,
): readonly Pick<Principal, 'id' | 'name' | 'post' | 'organisation'>[] {
  const inForce = directory
    .holders()
    .flatMap(({ id, name, holder: { status, post, organisation } }) =>
      status === 'ACTIVE' ? [{ id, name, post, organisation }] : [],
    );
  return [...inForce, ADMINISTRATOR, SYSTEM];
}

/** Returns the streams in the read models and their position. The directory finds later streams itself. */
async function directoryStart(events: EventStore, store: ReadStore, runner: ProjectionRunner): Promise<DirectoryStart> {
  // The position is read before the streams are listed, so that an event in between is read twice and never missed.
  // After a restore the read models may be ahead of the chronicle.
  const head = await events.head();
  const position = runner.position <= head ? runner.position : START;
  const streams: string[] = [];
  for (const [model, prefix] of [
    [organisations, 'org-'],
    [holders, 'access-'],
  ] as const) {
    const all = { filter: [], order: [], limit: 500 } as const;
    for await (const { documents } of documentPages(store, runner.live(model.spec), all)) {
      streams.push(...documents.map(({ id }) => `${prefix}${id}`));
    }
  }
  return { streams, position };
}
