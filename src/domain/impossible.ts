/** An event that cannot follow what came before it: the chronicle is damaged or the code is wrong. */
export class ImpossibleEvent extends Error {
  override readonly name = 'ImpossibleEvent';
}
