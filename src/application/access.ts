import { randomUUID } from 'node:crypto';
import type { AccessDirectory } from '../access/directory.js';
import { digestsOf, newToken, prefixOf } from '../access/tokens.js';
import type { AccessCommand } from '../domain/access/commands.js';
import type { AccessEvent } from '../domain/access/events.js';
import type { Credential, ExistingHolder, HolderRole, Identity } from '../domain/access/holder.js';
import type { Instant } from '../domain/dates.js';
import { requiredLine } from '../domain/plan/checks.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { MAX_HOLDER_NAME } from '../domain/texts.js';
import { derivedId } from '../engine/eventstore/envelope.js';
import type { Seal } from '../engine/vault/sealedText.js';
import type { Vault } from '../engine/vault/vault.js';
import { webhookSecret } from '../webhooks/signature.js';
import { type CommandHandlers, type CommandOutcome, type CommandRequest, newHolderId } from './commands.js';

/** The circumstances of a command on access. */
export type AccessCircumstances = Omit<CommandRequest, 'id' | 'payload' | 'command'>;

/** A request to issue access: to whom, and to what. */
export interface AccessRequest {
  readonly name: string;
  readonly role: HolderRole;
  readonly post: string | null;
  readonly organisation: string | null;
  /** Null: access to all organisations. */
  readonly organisationIds: readonly string[] | null;
  readonly expiresAt: Instant | null;
  /** The login of the person at an OpenID Connect provider; null: an API key is created. */
  readonly identity: LoginName | null;
}

/** Login of a person at an OpenID Connect provider: the claims `iss` and `sub`. */
export interface LoginName {
  readonly issuer: string;
  readonly subject: string;
}

/** A login, or earlier access, to link to a holder. */
export interface SignIn {
  readonly identity: LoginName | null;
  /** Id of access that the same person used before. */
  readonly formerAccessId: string | null;
}

/**
 * The result of a command on access. `token` is the secret of a new key or webhook; it is returned only once, not even
 * by a repeat of the command.
 */
export interface AccessOutcome {
  readonly result: CommandOutcome<ExistingHolder, AccessEvent>;
  readonly token: string | null;
}

/** Dependencies of {@link AccessService}. */
export interface AccessParts {
  readonly handler: Pick<CommandHandlers['access'], 'handle'>;
  readonly directory: AccessDirectory;
  readonly vault: Vault;
  /** Returns true if webhooks may call the address. */
  readonly mayCall: (url: string) => boolean;
}

/** Maximum time that a command waits until this process has applied the change, in milliseconds. */
const APPLIED_MS = 5_000;

/** Executes commands on access. */
export class AccessService {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AccessParts) {}

  /** Issues access to a person or program. */
  issue(circumstances: AccessCircumstances, request: AccessRequest): Promise<AccessOutcome> {
    const issue = () => this.#issue(circumstances, request);
    return request.identity ? this.#oneByOne(issue) : issue();
  }

  /** Runs commands on logins one after another, so that two commands cannot take the same login. */
  #oneByOne<T>(command: () => Promise<T>): Promise<T> {
    const next = this.#last.then(command);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #issue(circumstances: AccessCircumstances, request: AccessRequest): Promise<AccessOutcome> {
    const { name, organisationIds, identity, ...rest } = request;
    const commandId = circumstances.commandId ?? randomUUID();
    const id = newHolderId(circumstances.principal, commandId);
    const wrong = nameFault(name);
    if (wrong) return { result: { kind: 'refused', id, refusal: wrong }, token: null };
    const token = identity ? null : newToken();
    const credential = identity ? this.#identity(identity) : keyCredential(token ?? '');
    const known = this.parts.directory.holderOf(credential.lookup);
    if (known !== undefined && known !== id)
      return { result: { ...refuse('ACCESS_EXISTS', 'identity'), id }, token: null };
    return this.#give({ ...circumstances, commandId }, id, { ...request }, token, (seal) => ({
      type: 'issueAccess',
      ...rest,
      organisationIds,
      name: seal({ person: name.trim() }),
      credential,
      unknown: this.#unknown(organisationIds ?? []),
    }));
  }

  /** Replaces the key of a holder; the old key stays valid for `overlapHours`. */
  async rotate(
    circumstances: AccessCircumstances,
    id: string,
    { expiresAt, overlapHours }: { readonly expiresAt?: Instant | null | undefined; readonly overlapHours: number },
  ): Promise<AccessOutcome> {
    const token = newToken();
    const credential = keyCredential(token);
    const expiry = expiresAt === undefined ? {} : { expiresAt };
    return this.#give(circumstances, id, { rotate: { overlapHours, ...expiry } }, token, () => ({
      type: 'rotateAccess',
      credential,
      ...expiry,
      overlapHours,
    }));
  }

  /** Renames a holder. */
  async rename(circumstances: AccessCircumstances, id: string, name: string): Promise<AccessOutcome> {
    const wrong = nameFault(name);
    if (wrong) return { result: { kind: 'refused', id, refusal: wrong }, token: null };
    return this.#give(circumstances, id, { name }, null, (seal) => ({
      type: 'renameAccess',
      name: seal({ person: name.trim() }),
    }));
  }

  /**
   * Links a login to a holder, or access that the same person used before. Linking the login of revoked access links
   * that access too.
   */
  linkSignIn(circumstances: AccessCircumstances, id: string, signIn: SignIn): Promise<AccessOutcome> {
    return this.#oneByOne(() => this.#link(circumstances, id, signIn));
  }

  #link(circumstances: AccessCircumstances, id: string, { identity, formerAccessId }: SignIn): Promise<AccessOutcome> {
    const { directory } = this.parts;
    const credential = identity && this.#identity(identity);
    const owner = credential ? directory.holderOf(credential.lookup) : undefined;
    const isOfAnother = owner !== undefined && owner !== id;
    const formerId = formerAccessId ?? (isOfAnother ? owner : null);
    const former = formerId === null ? null : { id: formerId, status: directory.formerStatus(formerId, id) };
    return this.#give(circumstances, id, { link: { identity, formerAccessId } }, null, () => ({
      type: 'linkSignIn',
      identity: credential,
      former,
      isTaken: isOfAnother && (owner !== formerId || former?.status !== 'REVOKED'),
    }));
  }

  /** Unlinks a login from a holder. */
  unlinkSignIn(circumstances: AccessCircumstances, id: string, identity: LoginName): Promise<AccessOutcome> {
    const { lookup } = this.#identity(identity);
    return this.#give(circumstances, id, { unlink: identity }, null, () => ({ type: 'unlinkSignIn', lookup }));
  }

  /** Grants a holder access to organisations. */
  grant(circumstances: AccessCircumstances, id: string, organisationIds: readonly string[]): Promise<AccessOutcome> {
    const unknown = this.#unknown(organisationIds);
    return this.#give(circumstances, id, { grant: organisationIds }, null, () => ({
      type: 'grantAccess',
      organisationIds,
      unknown,
    }));
  }

  /** Withdraws a holder's access to organisations. */
  withdraw(circumstances: AccessCircumstances, id: string, organisationIds: readonly string[]): Promise<AccessOutcome> {
    return this.#give(circumstances, id, { withdraw: organisationIds }, null, () => ({
      type: 'withdrawAccess',
      organisationIds,
    }));
  }

  /** Adds a webhook. The `token` of the outcome is its secret. */
  async addWebhook(
    circumstances: AccessCircumstances,
    id: string,
    { url, eventTypes }: { readonly url: string; readonly eventTypes: readonly string[] | null },
  ): Promise<AccessOutcome> {
    if (!this.parts.mayCall(url)) {
      return { result: { ...refuse('WEBHOOK_URL_REFUSED', 'url'), id }, token: null };
    }
    const commandId = circumstances.commandId ?? randomUUID();
    const webhookId = derivedId(`webhook/${id}/${commandId}`).replaceAll('-', '');
    const secret = webhookSecret(this.parts.vault, webhookId, 1);
    return this.#give({ ...circumstances, commandId }, id, { url, eventTypes }, secret, () => ({
      type: 'addWebhook',
      webhookId,
      url,
      eventTypes,
    }));
  }

  /** Replaces the secret of a webhook. The `token` of the outcome is the new secret. */
  async rotateWebhook(
    circumstances: AccessCircumstances,
    id: string,
    { webhookId, overlapHours }: { readonly webhookId: string; readonly overlapHours: number },
  ): Promise<AccessOutcome> {
    const { result } = await this.#give(circumstances, id, { rotate: webhookId, overlapHours }, null, () => ({
      type: 'rotateWebhook',
      webhookId,
      overlapHours,
    }));
    const rotated =
      result.kind === 'done' && !result.isRepeat
        ? result.after.webhooks.find((webhook) => webhook.id === webhookId)
        : undefined;
    return { result, token: rotated ? webhookSecret(this.parts.vault, webhookId, rotated.generation) : null };
  }

  /** Removes a webhook of the access `id`. */
  removeWebhook(circumstances: AccessCircumstances, id: string, webhookId: string): Promise<AccessOutcome> {
    return this.#give(circumstances, id, { remove: webhookId }, null, () => ({ type: 'removeWebhook', webhookId }));
  }

  /** Revokes the access of a holder. */
  revoke(circumstances: AccessCircumstances, id: string): Promise<AccessOutcome> {
    return this.#give(circumstances, id, { revoke: true }, null, () => ({ type: 'revokeAccess' }));
  }

  async #give(
    circumstances: AccessCircumstances,
    id: string,
    payload: unknown,
    token: string | null,
    command: (seal: Seal) => AccessCommand,
  ): Promise<AccessOutcome> {
    const { handler, directory } = this.parts;
    const result = await handler.handle({ ...circumstances, id, payload, command });
    if (result.kind === 'refused') return { result, token: null };
    const last = result.events.at(-1);
    // A revocation must be in effect here when the command returns. Other processes follow within moments.
    if (last) await directory.knows(last.stream, last.revision, APPLIED_MS);
    return { result, token: result.isRepeat ? null : token };
  }

  #unknown(organisationIds: readonly string[]): readonly string[] {
    return organisationIds.filter((id) => !this.parts.directory.hasOrganisation(id));
  }

  #identity({ issuer, subject }: LoginName): Identity {
    return { kind: 'identity', issuer, lookup: identityLookup(this.parts.vault, issuer, subject) };
  }
}

/** Returns the lookup value of a login: a keyed digest, because the login may contain an e-mail address. */
export function identityLookup(vault: Pick<Vault, 'fingerprint'>, issuer: string, subject: string): string {
  return vault.fingerprint(`identity ${JSON.stringify([issuer, subject])}`);
}

function keyCredential(token: string): Credential {
  const { lookup, hash } = digestsOf(token);
  return { kind: 'key', prefix: prefixOf(token), lookup, hash: hash.toString('hex') };
}

function nameFault(name: string): Refusal | undefined {
  return requiredLine('name', name, MAX_HOLDER_NAME)?.refusal;
}
