/** The hierarchy of organisations, from the events that were applied so far. */
export class OrganisationTree {
  readonly #parents = new Map<string, string | null>();
  /** Increases with every change, so that values derived from the tree can be memoized. */
  version = 0;

  /** Sets the parent of an organisation; null for none. */
  put(organisationId: string, parentId: string | null): void {
    if (this.#parents.get(organisationId) === parentId) return;
    this.#parents.set(organisationId, parentId);
    this.version += 1;
  }

  /** Returns true when the organisation is in the tree. */
  has(organisationId: string): boolean {
    return this.#parents.has(organisationId);
  }

  /** Returns the organisations and their descendants at any depth. */
  under(roots: readonly string[]): ReadonlySet<string> {
    const found = new Set(roots);
    const children = new Map<string, string[]>();
    for (const [id, parentId] of this.#parents) {
      if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id]);
    }
    // Iterating over a Set also visits the elements that are added during the iteration.
    for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
    return found;
  }
}
