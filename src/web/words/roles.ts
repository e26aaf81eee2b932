import { distinctTexts } from './persons';
import { wordFor, words } from './words';

/** A person as the API describes one. */
interface DescribedPerson {
  readonly name: string | null;
  readonly role: string;
  readonly post: string | null;
}

/** Returns what says more about a person than the name: the role and the post. Texts that repeat another are left out. */
export function roleAndPost({ name, role, post }: DescribedPerson): string {
  const known = distinctTexts([name, wordFor(words.roles, role), post]);
  return known.slice(name ? 1 : 0).join(' · ');
}
