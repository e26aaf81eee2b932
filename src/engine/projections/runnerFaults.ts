import { type NativePosition, PositionBeyondHead } from '../eventstore/port.js';
import { operatorTerms } from '../operatorTerms.js';

/** The read models are ahead of the event store, which has lost its last events. */
export class ChronicleCut extends Error {
  override readonly name = 'ChronicleCut';
}

/** The event store contains events of a newer version of the product. Projecting stops before the first of them. */
export class NewerEvents extends Error {
  override readonly name = 'NewerEvents';
}

/** Another process holds the lease of the read model. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

/** Returns the error for read models that are ahead of the event store. */
export function chronicleCut(head: NativePosition, ahead: NativePosition): ChronicleCut {
  const cause = new PositionBeyondHead(`position ${ahead} is beyond the head of the chronicle, ${head}`);
  return new ChronicleCut(
    `the chronicle ends after ${placeText(head)}, but the read models have seen ${placeText(ahead)}: its end was lost (a cut write-ahead log, or an older copy of the file). Restore the latest backup with \`${operatorTerms().restore}\`; to go on without what was lost, make the read models anew with \`${operatorTerms().rebuild}\`. Nothing was changed`,
    { cause },
  );
}

/** Returns a readable position. An embedded event store numbers its events; the positions of a server have gaps. */
function placeText(position: NativePosition): string {
  return position.length <= 16 ? `event ${Number(position)}` : `position ${position}`;
}
