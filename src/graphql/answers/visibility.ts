import { createHash } from 'node:crypto';
import type { Scope } from '../../access/principal.js';
import type { Language } from '../../application/wordings.js';
import type { Role } from '../../domain/actor.js';

/** What decides what somebody sees and may. */
export interface Visible {
  readonly role: Role;
  readonly language: Language;
  readonly scope: Scope;
}

/** What an answer depends on beside what it is read from: never who asks, but what they see and may. */
export function visibilityKey({ role, language, scope }: Visible): string {
  return `${role} ${language} ${scopeName(scope)}`;
}

const names = new WeakMap<ReadonlySet<string>, string>();

/** Scopes of the same organisations are one, whoever's they are. */
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
