import { AccessDirectory, type DirectoryParts, type DirectoryStart } from '../access/directory.js';
import type { Principal } from '../access/principal.js';
import { type EventStore, START } from '../eventstore/port.js';
import { holders } from '../projections/holders.js';
import { organisations } from '../projections/organisations.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';
import { documentPages } from '../readstore/pages.js';
import type { ReadStore } from '../readstore/port.js';
import { ADMINISTRATOR, SYSTEM } from './principals.js';

/** The directory of all access, begun from what the read models know of. @throws EventStoreUnavailable, UnreadableEvent */
export async function openDirectory(
  parts: DirectoryParts,
  store: ReadStore,
  runner: ProjectionRunner,
): Promise<AccessDirectory> {
  return AccessDirectory.open(parts, await startOf(parts.events, store, runner));
}

/** Whoever may act under a name: those whose access is in force, and those who need none. */
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

/** The streams that the read models know of: whatever came after them the directory finds for itself. */
async function startOf(events: EventStore, store: ReadStore, runner: ProjectionRunner): Promise<DirectoryStart> {
  // First of all: what comes while the streams are listed is found twice, and not missed. Read models may be ahead of a
  // chronicle that was put back.
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
