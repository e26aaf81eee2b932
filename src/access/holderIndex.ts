import type { AccessEvent } from '../domain/access/events.js';
import { evolveHolder } from '../domain/access/evolve.js';
import {
  type ExistingHolder,
  type FormerStatus,
  type Holder,
  NO_HOLDER,
  type TimedCredential,
} from '../domain/access/holder.js';
import type { Caller, Principal } from './principal.js';

/** A holder of access, with values that are memoized for the holder. */
export interface DirectoryEntry {
  readonly id: string;
  holder: Holder;
  /** The principal of the holder, valid for this `holder` state and this version of the organisation tree. */
  known: { readonly version: number; readonly holder: Holder; readonly principal: Principal } | undefined;
  /** Callers by the lookup of the credential that was used. */
  readonly callers: Map<string, Caller>;
  /** Abort controllers by the lookup of the credential; only for credentials whose `ended` signal was read. */
  readonly endings: Map<string, { readonly controller: AbortController; timer: NodeJS.Timeout | undefined }>;
}

/** All holders of access, by id, by credential and by former access. */
export class HolderIndex {
  readonly #entries = new Map<string, DirectoryEntry>();
  /** Holders that have or had a credential, by its lookup. */
  readonly #byLookup = new Map<string, Set<DirectoryEntry>>();
  /** The holder to which former access was linked first, by the id of the former access. */
  readonly #successors = new Map<string, string>();

  /** Applies an event to a holder. Returns the holder. */
  apply(id: string, event: AccessEvent): DirectoryEntry {
    const known = this.#entries.get(id);
    const entry = known ?? { id, holder: NO_HOLDER, known: undefined, callers: new Map(), endings: new Map() };
    const holder = evolveHolder(entry.holder, event);
    entry.holder = holder;
    this.#entries.set(id, entry);
    if (event.type === 'SignInUnlinked') this.#byLookup.get(event.data.credential.lookup)?.delete(entry);
    this.#file(entry, holder);
    return entry;
  }

  get(id: string): DirectoryEntry | undefined {
    return this.#entries.get(id);
  }

  all(): DirectoryEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Returns the owner of a credential. Access in force comes first. A login of revoked access that was linked to other
   * access has no owner.
   */
  ownerOf(lookup: string): DirectoryEntry | undefined {
    const holding = [...(this.#byLookup.get(lookup) ?? [])];
    return (
      holding.find(({ holder }) => holder.status === 'ACTIVE') ?? holding.find(({ id }) => !this.#successors.has(id))
    );
  }

  /** Returns whether the access `id` can be linked to `holderId` as former access of the same person. */
  formerStatus(id: string, holderId: string): FormerStatus {
    const holder = this.#entries.get(id)?.holder ?? NO_HOLDER;
    if (holder.status === 'ABSENT') return 'ABSENT';
    if (holder.status === 'ACTIVE' || id === holderId) return 'IN_FORCE';
    const successor = this.#successors.get(id);
    return successor === undefined || successor === holderId ? 'REVOKED' : 'LINKED_ELSEWHERE';
  }

  /** Returns the ids of all former access of the same person, links of links included. */
  formerIds(id: string): readonly string[] {
    const found = new Set<string>();
    const add = (holderId: string): void => {
      const holder = this.#entries.get(holderId)?.holder;
      if (!holder || holder.status === 'ABSENT') return;
      for (const former of holder.formerIds) {
        if (found.has(former) || former === id) continue;
        found.add(former);
        add(former);
      }
    };
    add(id);
    return [...found];
  }

  #file(entry: DirectoryEntry, holder: ExistingHolder): void {
    for (const { credential } of holder.credentials) {
      const holding = this.#byLookup.get(credential.lookup) ?? new Set();
      this.#byLookup.set(credential.lookup, holding.add(entry));
    }
    for (const id of holder.formerIds) if (!this.#successors.has(id)) this.#successors.set(id, entry.id);
  }
}

/** Returns the credential with this lookup if it is valid now. */
export function openCredential({ holder }: DirectoryEntry, lookup: string, now: string): TimedCredential | undefined {
  if (holder.status !== 'ACTIVE') return undefined;
  const found = holder.credentials.find(({ credential }) => credential.lookup === lookup);
  return found && isOpenAt(found, now) ? found : undefined;
}

/** Returns true if a credential has not expired at an instant. */
export function isOpenAt({ until }: TimedCredential, now: string): boolean {
  return until === null || until > now;
}
