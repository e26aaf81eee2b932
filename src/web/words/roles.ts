import { wordFor, words } from './words';

/** Returns the role of a person, and the post if it says more. */
export function roleAndPost({ role, post }: { readonly role: string; readonly post: string | null }): string {
  const roleText = wordFor(words.roles, role);
  const isSaid = post?.toLowerCase() === roleText;
  return [roleText, isSaid ? '' : post].filter(Boolean).join(' · ');
}
