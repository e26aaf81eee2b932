import { createHash } from 'node:crypto';
import type { Scope } from '../../access/principal.js';
import type { Role } from '../../domain/actor.js';
import type { Language } from '../../domain/language.js';

/** Everything about a caller that an answer depends on. */
export interface Visible {
  readonly role: Role;
  readonly language: Language;
  readonly scope: Scope;
}

/** Returns the part of a cache key for a caller. Callers with the same role, language and scope share cache entries. */
export function visibilityKey({ role, language, scope }: Visible): string {
  return `${role} ${language} ${scopeName(scope)}`;
}

const names = new WeakMap<ReadonlySet<string>, string>();

/** Returns a name of a scope. Equal sets of organisations have the same name. */
export function scopeName(scope: Scope): string {
  if (scope === null || scope === 'published') return String(scope);
  const known = names.get(scope);
  if (known !== undefined) return known;
  const name = createHash('sha256')
    .update([...scope].sort().join())
    .digest('base64url');
  names.set(scope, name);
  return name;
}
