import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { OrganisationsDocument } from '../api/generated/graphql';
import { OVERVIEW_KEY } from '../api/queries';
import { words } from '../words/words';
import { Choice } from './Choice';

/** A field to choose one of the organisations that the person sees, or all. Nothing where there is none. */
export function OrganisationChoice({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const { data } = useQuery({
    queryKey: [...OVERVIEW_KEY, 'organisations'],
    queryFn: async () => (await ask(OrganisationsDocument, {})).organisations.nodes,
  });
  if (!data || data.length === 0) return null;
  const options = data.map(({ id, name }) => [id, name] as const);
  return (
    <Choice
      label={words.list.organisation}
      value={value}
      onChange={onChange}
      options={[['', words.list.allOrganisations], ...options]}
    />
  );
}
