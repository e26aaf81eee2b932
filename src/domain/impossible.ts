/** An event that cannot follow the state before it. Either the event store is damaged or the code is wrong. */
export class ImpossibleEvent extends Error {
  override readonly name = 'ImpossibleEvent';
}
