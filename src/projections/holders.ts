import { type Credential, type ExistingHolder, hintOf } from '../domain/access/holder.js';
import { readModel } from './model.js';

/** What may be shown of a credential. */
export interface ShownCredential {
  readonly kind: Credential['kind'];
  /** The beginning of a key, or the issuer who knows the person. */
  readonly hint: string;
  /** From then on it opens nothing; null: no end is set. */
  readonly until: string | null;
}

/** A holder of access as it is answered: nothing by which a door could be opened. */
export interface HolderBody extends Omit<ExistingHolder, 'credentials'> {
  readonly holderId: string;
  readonly credentials: readonly ShownCredential[];
  readonly revision: number;
  readonly issuedAt: string;
  readonly updatedAt: string;
}

/** One document a holder. */
export const holders = readModel<HolderBody>(
  {
    name: 'holders',
    version: 3,
    fields: { status: 'text', role: 'text', issuedAt: 'text' },
    indexes: [['issuedAt'], ['status', 'issuedAt'], ['role', 'issuedAt']],
  },
  {
    ofHolder: ({ holderId }) => [
      {
        id: holderId,
        view: ({ holder, begunAt, last }) => ({
          body: holderBody(holderId, holder, last, begunAt),
          fields: { status: holder.status, role: holder.role, issuedAt: begunAt },
        }),
      },
    ],
  },
);

/** The holder as a fold shows it. */
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
