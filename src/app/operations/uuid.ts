import { isGlobalId, type NodeType, parseId } from '../../graphql/ids.js';
import { OperationRefused } from './operation.js';

/**
 * Returns true for a global id of any type, and for a text that begins like an id of this type. Such a text is not a
 * name.
 */
export function isIdLike(text: string, wanted: NodeType): boolean {
  return text.startsWith(`${wanted}_`) || isGlobalId(text);
}

/**
 * Returns the UUID in a global id.
 *
 * @throws OperationRefused when the text is not a global id of this type.
 */
export function uuidOf(id: string, wanted: NodeType): string {
  try {
    return parseId(id, wanted).uuid;
  } catch (error) {
    const text = {
      ru: `«${id}» здесь не подходит: нужен id вида ${wanted}_…, как его даёт API`,
      en: `«${id}» does not fit here: give an id such as ${wanted}_…, as the API returns it`,
    };
    throw new OperationRefused(text, { cause: error });
  }
}
