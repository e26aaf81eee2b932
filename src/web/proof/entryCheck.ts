import type { AnswerData } from '../api/ask';
import type { EntryFragment, ProofQuery } from '../api/generated/graphql';
import { base64Of, memberOf, parsedOrUndefined } from './bytes';
import { cosignedAt, type NoteKey, parseCheckpoint, parseKey, type SignatureState, signatureState } from './note';
import { leafHash, rootFrom } from './tree';

/** A fact about an entry that the page shows, and that is unchanged in the bytes of the entry. */
export type ShownFact = (typeof FACTS)[number];

const FACTS = [
  ...(['id', 'plan', 'recordedAt', 'effectiveOn', 'role', 'post', 'organisation'] as const),
  ...(['onBehalfOf', 'reason', 'basis'] as const),
];

/** The findings of a check of one entry. Hashes are in base64. */
export interface EntryCheckResult {
  /** Number of bytes of the entry. */
  readonly bytes: number;
  /** Facts of the entry that the page shows otherwise. */
  readonly otherFacts: readonly ShownFact[];
  /** Leaf hash of the bytes, and the leaf hash that the server states. */
  readonly leaf: { readonly computed: string; readonly stated: string };
  /** Index in the log from 0, and the number of entries of the log. */
  readonly index: number;
  readonly size: number;
  /** Number of hashes from the leaf to the root. */
  readonly hashes: number;
  /** The root computed from the hashes (undefined when they do not fit the index), and the root of the checkpoint. */
  readonly root: { readonly computed: string | undefined; readonly signed: string };
  readonly signature: SignatureState;
  /** The key by which the signature was checked. */
  readonly key: string;
  /** Name of the log that the checkpoint is of. */
  readonly origin: string;
  /** When the witness saw the checkpoint, in seconds since 1970; undefined when it did not sign. */
  readonly seenAt: number | undefined;
}

/**
 * Checks that an entry as the page shows it is in the signed log.
 *
 * @param trusted the key that the person trusts; undefined: the key that the server names.
 * @returns undefined when the checkpoint or the key of the server cannot be read.
 */
export function checkEntry(
  shown: EntryFragment,
  { proof, system }: AnswerData<ProofQuery>,
  trusted: NoteKey | undefined,
): EntryCheckResult | undefined {
  const checkpoint = parseCheckpoint(proof.checkpoint);
  const key = trusted ?? parseKey(system.logKey ?? '');
  if (!checkpoint || !key) return undefined;
  const { origin, size, root, note } = checkpoint;
  const leaf = leafHash(proof.entry);
  const reached = rootFrom(leaf, proof.index, size, proof.hashes);
  const witness = parseKey(system.witnessKey ?? '');
  return {
    bytes: new TextEncoder().encode(proof.entry).length,
    otherFacts: otherFacts(shown, parsedOrUndefined(proof.entry)),
    leaf: { computed: base64Of(leaf), stated: proof.leaf },
    index: proof.index,
    size,
    hashes: proof.hashes.length,
    root: { computed: reached && base64Of(reached), signed: base64Of(root) },
    signature: origin === key.name ? signatureState(note, key) : 'OTHER_LOG',
    key: key.text,
    origin,
    seenAt: witness && cosignedAt(note, witness),
  };
}

/** Returns true if there is no finding about the entry. The user must still trust the key. */
export function isEntryProved({ otherFacts: other, leaf, root, signature }: EntryCheckResult): boolean {
  return other.length === 0 && leaf.computed === leaf.stated && root.computed === root.signed && signature === 'SIGNED';
}

function otherFacts(shown: EntryFragment, entry: unknown): ShownFact[] {
  const actor = memberOf(entry, 'actor');
  const uuid = (id: string | null | undefined) => id?.slice(id.indexOf('_') + 1);
  const same: Readonly<Record<ShownFact, boolean>> = {
    id: memberOf(entry, 'id') === uuid(shown.id),
    plan: shown.planId == null || memberOf(entry, 'stream') === `plan-${uuid(shown.planId)}`,
    recordedAt: Date.parse(String(memberOf(entry, 'recordedAt'))) === Date.parse(shown.recordedAt),
    effectiveOn: isSame(memberOf(entry, 'effectiveOn'), shown.effectiveOn),
    role: isSame(apiName(memberOf(actor, 'role')), shown.actor.role),
    post: isSame(memberOf(actor, 'post'), shown.actor.post),
    organisation: isSame(memberOf(actor, 'organisation'), shown.actor.organisation),
    onBehalfOf: isSame(memberOf(entry, 'onBehalfOf'), shown.onBehalfOf),
    reason: isSame(memberOf(entry, 'reason'), shown.reason),
    basis: isSameBasis(memberOf(entry, 'basis'), shown.basis),
  };
  return FACTS.filter((fact) => !same[fact]);
}

function isSameBasis(recorded: unknown, shown: EntryFragment['basis']): boolean {
  if (!shown) return isSame(recorded, null);
  const { document, withoutDocument } = shown;
  if (withoutDocument !== (memberOf(recorded, 'kind') === 'withoutDocument')) return false;
  const own = memberOf(recorded, 'document');
  if (!document) return isSame(own, null);
  const { type, issuer, date, number } = document;
  return (
    isSame(apiName(memberOf(own, 'type')), type) &&
    isSame(memberOf(own, 'issuer'), issuer) &&
    isSame(memberOf(own, 'date'), date) &&
    isSame(memberOf(own, 'number'), number)
  );
}

/** Returns a role, or a type of documents, as the API names it. */
function apiName(recorded: unknown): unknown {
  return typeof recorded === 'string' ? recorded.toUpperCase() : recorded;
}

function isSame(recorded: unknown, shown: string | null | undefined): boolean {
  return (recorded ?? null) === (shown ?? null);
}
