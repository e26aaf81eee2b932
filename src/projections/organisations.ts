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
    version: 4,
    fields: { organisationId: 'text', name: 'text', parentId: 'text', words: 'multiText' },
    keys: ['organisationId', 'parentId'],
    indexes: [['name'], ['parentId', 'name'], ['organisationId', 'name']],
  },
  {
    ofOrganisation: ({ organisationId }) => [
      {
        id: organisationId,
        view: ({ organisation, begunAt, last }) => {
          const { name, parentId } = organisation;
          return {
            body: organisationBody(organisationId, organisation, last, begunAt),
            fields: { organisationId, name, parentId: parentId ?? '', words: searchWords(name) },
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
