import { useQuery } from '@tanstack/react-query';
import { namedQuery, organisationsQuery } from '../api/queries';
import { indented } from '../words/names';
import { words } from '../words/words';
import { Choice } from './Choice';

/**
 * A field to choose one of the organisations that the person sees, with those under it, or all of them. Renders nothing
 * if there are no organisations. The name of the chosen organisation is shown even if the list does not contain it.
 */
export function OrganisationChoice({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const { data } = useQuery(organisationsQuery);
  const isOffered = value === '' || data === undefined || data.some(({ id }) => id === value);
  const named = useQuery({ ...namedQuery([value]), enabled: !isOffered });
  if (!data || (data.length === 0 && isOffered)) return null;
  const [chosen] = named.data ?? [];
  const name = chosen && 'name' in chosen ? chosen.name : '…';
  const options = [...(isOffered ? [] : [{ id: value, name, depth: 0 }]), ...data].map(
    (each) => [each.id, indented(each)] as const,
  );
  return (
    <Choice
      label={words.list.organisation}
      value={value}
      onChange={onChange}
      options={[['', words.list.allOrganisations], ...options]}
    />
  );
}
