import type { ExistingOrganisation } from '../domain/organisation/organisation.js';
import { readModel, searchWords } from './model.js';

/** An organisation as queries return it. */
export interface OrganisationBody extends Omit<ExistingOrganisation, 'status'> {
  readonly organisationId: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The read model of organisations: one row per organisation. */
export const organisations = readModel<OrganisationBody>(
  {
    name: 'organisations',
    version: 5,
    fields: { organisationId: 'text', name: 'text', parentId: 'text', updatedAt: 'text', words: 'multiText' },
    keys: ['organisationId', 'parentId'],
    indexes: [
      ['name'],
      ['parentId', 'name'],
      ['organisationId', 'name'],
      ['updatedAt'],
      ['parentId', 'updatedAt'],
      ['organisationId', 'updatedAt'],
    ],
  },
  {
    ofOrganisation: ({ organisationId }) => [
      {
        id: organisationId,
        view: ({ organisation, begunAt, last }) => {
          const { name, parentId } = organisation;
          const body = organisationBody(organisationId, organisation, last, begunAt);
          const { updatedAt } = body;
          return {
            body,
            fields: { organisationId, name, parentId: parentId ?? '', updatedAt, words: searchWords(name) },
          };
        },
      },
    ],
  },
);

/** Returns the organisation in a state of its stream. */
export function organisationBody(
  organisationId: string,
  { status: _, ...organisation }: ExistingOrganisation,
  { revision, recordedAt }: { readonly revision: number; readonly recordedAt: string },
  createdAt: string,
): OrganisationBody {
  return { organisationId, ...organisation, revision, createdAt, updatedAt: recordedAt };
}
