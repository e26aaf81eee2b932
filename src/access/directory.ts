import type { Logger } from 'pino';
import type { Credential, ExistingHolder, FormerStatus, RegisteredWebhook } from '../domain/access/holder.js';
import { isOfAccess, isOfOrganisation } from '../domain/chronicle.js';
import type { OrganisationEvent } from '../domain/organisation/catalogue.js';
import { inPlaceOfName } from '../domain/personal.js';
import { fromStore } from '../domain/recorded.js';
import { pagesOf } from '../engine/eventstore/batches.js';
import { narrowed } from '../engine/eventstore/envelope.js';
import { Commits } from '../engine/eventstore/following.js';
import { ChronicleDamaged, type EventStore, type NativePosition, type StoredEvent } from '../engine/eventstore/port.js';
import { slicesOf } from '../engine/slices.js';
import type { Vault } from '../engine/vault/vault.js';
import { type Supervised, supervise, type Worker, type WorkerObserver } from '../engine/workers/supervisor.js';
import { CredentialEndings } from './credentialEndings.js';
import { type DirectoryEntry, HolderIndex, isOpenAt, openCredential } from './holderIndex.js';
import { OrganisationTree } from './organisationTree.js';
import type { Caller, Principal } from './principal.js';
import { type Digests, isSameSecret } from './tokens.js';

/** Where the directory starts: the known streams, and the position after which it finds the others. */
export interface DirectoryStart {
  readonly streams: readonly string[];
  readonly position: NativePosition;
}

/** Dependencies of {@link AccessDirectory}. */
export interface DirectoryParts {
  readonly events: EventStore;
  readonly vault: Vault;
  readonly clock: () => string;
  readonly log: Logger;
  readonly observer?: WorkerObserver;
}

const FILTER = { streamPrefixes: ['access-', 'org-'] } as const;
/** Number of streams that are read in parallel at the start. */
const STREAMS_AT_ONCE = 16;
/** Delay before a failed subscription is opened again, in milliseconds. */
const RESUBSCRIBE_MS = 500;

/**
 * All holders of access and the tree of organisations, in memory. Folds the streams `access-` and `org-` and follows
 * them live. A revocation takes effect at once, even if the read models are behind, and authentication reads no store.
 */
export class AccessDirectory {
  readonly #holders = new HolderIndex();
  readonly #endings: CredentialEndings;
  readonly #tree = new OrganisationTree();
  /** The revision of the last event that was applied, by stream. */
  readonly #revisions = new Map<string, number>();
  /** Streams that could not be read; nothing of them is known. */
  readonly #damaged = new Set<string>();
  readonly #taken = new Commits();
  #position: NativePosition;
  #following: Supervised | undefined;

  private constructor(
    private readonly parts: DirectoryParts,
    position: NativePosition,
  ) {
    this.#position = position;
    this.#endings = new CredentialEndings(parts.clock);
  }

  /**
   * Returns a directory that has caught up with the event store, and follows it.
   *
   * @throws EventStoreUnavailable, UnreadableEvent
   */
  static async open(parts: DirectoryParts, { streams, position }: DirectoryStart): Promise<AccessDirectory> {
    const directory = new AccessDirectory(parts, position);
    for (const piece of slicesOf(streams, STREAMS_AT_ONCE)) {
      await Promise.all(piece.map((stream) => directory.#read(stream)));
    }
    try {
      await new Promise<void>((resolve, reject) => directory.#follow(resolve, reject));
      return directory;
    } catch (error) {
      await directory.close();
      throw error;
    }
  }

  /** Returns the holder of this API key; undefined for a key that is unknown, expired or revoked. */
  callerByKey({ lookup, hash }: Digests): Caller | undefined {
    return this.#caller(
      lookup,
      (credential) => credential.kind === 'key' && isSameSecret(Buffer.from(credential.hash, 'hex'), hash),
    );
  }

  /** Returns the holder with this login of an identity provider. `lookup`: the keyed digest of the login. */
  callerByIdentity(lookup: string): Caller | undefined {
    return this.#caller(lookup, (credential) => credential.kind === 'identity');
  }

  /** Returns the holder of a credential that is valid now, for a session that was started with it. */
  callerByCredential(lookup: string): Caller | undefined {
    return this.#caller(lookup, () => true);
  }

  /** Returns the access of a holder by the present credential; undefined when the holder has no valid credential. */
  accessOf(id: string): { readonly holderId: string; readonly lookup: string } | undefined {
    const holder = this.#holders.get(id)?.holder;
    if (holder?.status !== 'ACTIVE') return undefined;
    const last = holder.credentials.filter((each) => isOpenAt(each, this.parts.clock())).at(-1);
    return last && { holderId: id, lookup: last.credential.lookup };
  }

  /** Returns all holders to whom access was ever issued, with their names. A name may have been erased. */
  holders(): { readonly id: string; readonly holder: ExistingHolder; readonly name: string }[] {
    return this.#holders
      .all()
      .flatMap(({ id, holder }) => (holder.status === 'ABSENT' ? [] : [{ id, holder, name: this.#nameOf(holder) }]));
  }

  /** Returns the principal of a holder with at least one valid credential; undefined for any other id. */
  principalOf(id: string): Principal | undefined {
    const entry = this.#holders.get(id);
    const now = this.parts.clock();
    const isOpen = entry?.holder.status === 'ACTIVE' && entry.holder.credentials.some((each) => isOpenAt(each, now));
    return isOpen ? this.#principal(entry) : undefined;
  }

  /** Returns the webhooks of a holder; none if the access was revoked. */
  webhooksOf(id: string): readonly RegisteredWebhook[] {
    const holder = this.#holders.get(id)?.holder;
    return holder?.status === 'ACTIVE' ? holder.webhooks : [];
  }

  /** Waits for the next batch of events about access or organisations, or until `signal` aborts. */
  async changed(signal: AbortSignal): Promise<void> {
    await this.#taken.after(this.#taken.count, [signal]);
  }

  /** Returns the id of the holder of a credential, even if the credential is no longer valid. */
  holderOf(lookup: string): string | undefined {
    return this.#holders.ownerOf(lookup)?.id;
  }

  /** Returns whether the access `id` can be linked to `holderId` as former access of the same person. */
  formerStatus(id: string, holderId: string): FormerStatus {
    return this.#holders.formerStatus(id, holderId);
  }

  /** Returns true when an organisation with this id was registered. */
  hasOrganisation(id: string): boolean {
    return this.#tree.has(id);
  }

  /** Returns the organisations and all their descendants. */
  under(organisationIds: readonly string[]): ReadonlySet<string> {
    return this.#tree.under(organisationIds);
  }

  /** Waits until the directory has applied this revision of a stream. Returns false on a timeout. */
  async knows(stream: string, revision: number, milliseconds: number): Promise<boolean> {
    const end = AbortSignal.timeout(milliseconds);
    const isKnown = () => (this.#revisions.get(stream) ?? -1) >= revision;
    while (!isKnown() && !end.aborted) await this.#taken.after(this.#taken.count, [end]);
    return isKnown();
  }

  /** Stops following the event store, and clears all timers. */
  async close(): Promise<void> {
    await this.#following?.stop();
    for (const { endings } of this.#holders.all()) for (const { timer } of endings.values()) clearTimeout(timer);
  }

  #caller(lookup: string, fits: (credential: Credential) => boolean): Caller | undefined {
    const entry = this.#holders.ownerOf(lookup);
    const open = entry && openCredential(entry, lookup, this.parts.clock());
    if (!open || !fits(open.credential)) return undefined;
    const known = entry.callers.get(lookup);
    if (known) return known;
    const principal = () => this.#principal(entry);
    const ended = () => this.#endings.signal(entry, lookup);
    const caller = {
      get principal() {
        return principal();
      },
      get ended() {
        return ended();
      },
    };
    entry.callers.set(lookup, caller);
    return caller;
  }

  #principal(entry: DirectoryEntry): Principal {
    const { id, holder, known } = entry;
    const { version } = this.#tree;
    if (known?.holder === holder && known.version === version) return known.principal;
    if (holder.status === 'ABSENT') throw new Error(`the access ${id} vanished`);
    const { role, post, organisation, organisationIds } = holder;
    const nameOf = () => this.#nameOf(holder);
    const formerIds = () => this.#holders.formerIds(id);
    const principal: Principal = {
      id,
      role,
      post,
      organisation,
      scope: organisationIds && this.#tree.under(organisationIds),
      // A getter: access can be linked later, also to the former access itself.
      get formerIds() {
        return formerIds();
      },
      // A getter: most requests need only the rights of the caller, and the name must be decrypted.
      get name() {
        return nameOf();
      },
    };
    entry.known = { version, holder, principal };
    return principal;
  }

  #nameOf({ name }: ExistingHolder): string {
    return this.parts.vault.open(name) ?? inPlaceOfName(this.parts.vault, name);
  }

  /** Reads a stream. A damaged stream gives no access to its holder. It does not prevent the start. */
  async #read(stream: string): Promise<void> {
    try {
      for await (const page of pagesOf(this.parts.events, stream)) await this.#take(page);
    } catch (error) {
      if (!(error instanceof ChronicleDamaged) || error.stream === undefined) throw error;
      this.#damaged.add(stream);
      this.parts.log.error({ err: error }, 'the access or organisation of a damaged stream is left out');
    }
  }

  /**
   * Follows the event store until the directory is closed. Calls `caughtUp` when all stored events are applied. Calls
   * `failed` on an error before that: a directory that is incomplete must not admit anybody.
   */
  #follow(caughtUp: () => void, failed: (error: unknown) => void): void {
    const { events, log, observer } = this.parts;
    let isLive = false;
    const worker: Worker = {
      name: 'access directory',
      every: RESUBSCRIBE_MS,
      run: async (signal, { progress }) => {
        for await (const batch of events.subscribeToAll({ after: this.#position, filter: FILTER, signal })) {
          await this.#take(batch.events);
          this.#position = batch.position;
          this.#taken.announce();
          if (batch.caughtUp) caughtUp();
          isLive ||= batch.caughtUp;
          progress();
        }
      },
      failed: (error) => {
        if (!isLive) failed(error);
        return !isLive;
      },
    };
    this.#following = supervise(worker, { log, observer });
  }

  async #take(stored: readonly StoredEvent[]): Promise<void> {
    for (const event of stored) {
      // The subscription delivers the events again that #read has applied at the start.
      if (event.revision <= (this.#revisions.get(event.stream) ?? -1) || this.#damaged.has(event.stream)) continue;
      if (event.stream.startsWith('access-')) await this.#takeOfAccess(event);
      else this.#takeOfOrganisation(event);
      this.#revisions.set(event.stream, event.revision);
    }
  }

  async #takeOfAccess(stored: StoredEvent): Promise<void> {
    const id = stored.stream.slice('access-'.length);
    const { event } = narrowed(fromStore(stored), isOfAccess);
    await this.parts.vault.learn(event.data);
    this.#endings.check(this.#holders.apply(id, event));
  }

  #takeOfOrganisation(stored: StoredEvent): void {
    const id = stored.stream.slice('org-'.length);
    const parentId = parentIn(narrowed(fromStore(stored), isOfOrganisation).event);
    if (parentId !== undefined) this.#tree.put(id, parentId);
  }
}

function parentIn(event: OrganisationEvent): string | null | undefined {
  switch (event.type) {
    case 'OrganisationRegistered':
    case 'OrganisationDetailsChanged':
      return event.data.parentId;
    case 'SettingsChanged':
    case 'PartiesMerged':
    case 'PartySeparated':
    case 'WordingAdopted':
    case 'WordingWithdrawn':
    case 'PartyCellAdopted':
    case 'PartyCellWithdrawn':
    case 'OrganisationReportIssued':
      return undefined;
  }
}
