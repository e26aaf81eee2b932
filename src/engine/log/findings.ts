/** Location of an event, for the reader of a finding. */
export interface EntryName {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** Returns the location of a stored event. */
export function entryName({ position, stream, revision, type }: EntryName): EntryName {
  return { position, stream, revision, type };
}

/** A difference between the stored chronicle and its log. */
export type Finding =
  /** The stored bytes differ from the recorded ones. */
  | { readonly kind: 'edited'; readonly entry: EntryName }
  /** The stream, type, schema version or id in its row differs from those in its bytes. */
  | { readonly kind: 'misplaced'; readonly entry: EntryName }
  /** The event does not refer to the previous event in its stream. */
  | { readonly kind: 'unchained'; readonly entry: EntryName }
  /** The event was recorded at another position. */
  | { readonly kind: 'moved'; readonly entry: EntryName; readonly from: number }
  /** An event that is not in the tree. */
  | { readonly kind: 'inserted'; readonly entry: EntryName }
  /** Recorded events are missing, given by their positions. */
  | { readonly kind: 'removed'; readonly from: number; readonly to: number }
  /** The log ends before a signed checkpoint. */
  | { readonly kind: 'cut'; readonly size: number; readonly checkpoint: number }
  /** The events up to `checkpoint` differ from the signed events; the events up to `after` match. */
  | { readonly kind: 'rewritten'; readonly after: number; readonly checkpoint: number }
  /** The log differs from the one that was verified on this machine before. */
  | { readonly kind: 'forked'; readonly remembered: number }
  /** A checkpoint that is not signed with a key of the log, or is of another log. */
  | { readonly kind: 'forged'; readonly checkpoint: number }
  /** Checkpoints that lack the signature of the trusted witness: the first one and their number. */
  | { readonly kind: 'unwitnessed'; readonly checkpoint: number; readonly count: number }
  /** A checkpoint that was verified on this machine before, and all later ones, are missing. */
  | { readonly kind: 'unsigned'; readonly remembered: number; readonly checkpoint: number }
  /** The first entries differ from those of the anchor that is stored beside the chronicle. */
  | { readonly kind: 'notAnchored'; readonly anchor: number }
  /** The anchor is of another log, or was not signed by the key of this one. */
  | { readonly kind: 'anchorForged'; readonly anchor: number }
  /** A tile of hashes does not match the events. */
  | { readonly kind: 'wrongTile'; readonly level: number; readonly number: number }
  /** The stored tree does not match the events. */
  | { readonly kind: 'wrongTree'; readonly size: number }
  /** The stored head is not the position of the last event. */
  | { readonly kind: 'wrongHead'; readonly head: number; readonly last: number };
