import { type NodeType, parseId } from '../../graphql/ids.js';
import { OperationRefused } from './operation.js';

/**
 * Returns the UUID in a global id.
 *
 * @throws OperationRefused when the text is not a global id of this type.
 */
export function uuidOf(id: string, wanted: NodeType): string {
  try {
    return parseId(id, wanted).uuid;
  } catch (error) {
    throw new OperationRefused(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
