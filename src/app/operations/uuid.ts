import { type NodeType, parseId } from '../../graphql/ids.js';
import { OperationRefused } from './operation.js';

/**
 * The part of a global id that is ours.
 *
 * @throws OperationRefused for a text that is none of this kind.
 */
export function uuidOf(id: string, wanted: NodeType): string {
  try {
    return parseId(id, wanted).uuid;
  } catch (error) {
    throw new OperationRefused(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
