import { type Credential, type ExistingHolder, hintOf } from '../domain/access/holder.js';
import { readModel } from './model.js';

/** The public part of a credential. */
export interface ShownCredential {
  readonly kind: Credential['kind'];
  /** The prefix of a key, or the issuer of a login. */
  readonly hint: string;
  /** Instant from which the credential is not accepted; null when it does not expire. */
  readonly until: string | null;
}

/** A holder of access as queries return it, without secrets and hashes. */
export interface HolderBody extends Omit<ExistingHolder, 'credentials'> {
  readonly holderId: string;
  readonly credentials: readonly ShownCredential[];
  readonly revision: number;
  readonly issuedAt: string;
  readonly updatedAt: string;
}

/** The read model of holders of access: one row per holder. */
export const holders = readModel<HolderBody>(
  {
    name: 'holders',
    version: 5,
    fields: { status: 'text', role: 'text', issuedAt: 'text', updatedAt: 'text' },
    keys: ['status', 'role'],
    indexes: [
      ['issuedAt'],
      ['status', 'issuedAt'],
      ['role', 'issuedAt'],
      ['updatedAt'],
      ['status', 'updatedAt'],
      ['role', 'updatedAt'],
    ],
  },
  {
    ofHolder: ({ holderId }) => [
      {
        id: holderId,
        view: ({ holder, begunAt, last }) => {
          const body = holderBody(holderId, holder, last, begunAt);
          const { status, role, issuedAt, updatedAt } = body;
          return { body, fields: { status, role, issuedAt, updatedAt } };
        },
      },
    ],
  },
);

/** Returns the holder in a state of its stream. */
export function holderBody(
  holderId: string,
  { credentials, ...holder }: ExistingHolder,
  { revision, recordedAt }: { readonly revision: number; readonly recordedAt: string },
  issuedAt: string,
): HolderBody {
  const shown = credentials.map(({ credential, until }) => ({
    kind: credential.kind,
    hint: hintOf(credential),
    until,
  }));
  return { holderId, ...holder, credentials: shown, revision, issuedAt, updatedAt: recordedAt };
}
