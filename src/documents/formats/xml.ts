import { DOMParser, type Element, type Node, ParseError, XMLSerializer } from '@xmldom/xmldom';

/** An element of a part of an office document. Names are compared without their prefixes. */
export type XmlElement = Element;

/** Returns the root element of a part; undefined when the part is missing or is not XML. */
export function parsedXml(bytes: Uint8Array | undefined): XmlElement | undefined {
  if (!bytes) return undefined;
  try {
    const parser = new DOMParser({ onError: () => {} });
    return parser.parseFromString(new TextDecoder().decode(bytes), 'text/xml').documentElement ?? undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Returns an element and its content as XML in UTF-8. */
export function xmlBytes(root: XmlElement): Uint8Array {
  return new TextEncoder().encode(new XMLSerializer().serializeToString(root));
}

/** Returns the child elements of this local name, or all child elements without a name. */
export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element?.firstChild; node; node = node.nextSibling) {
    if (isXmlElement(node) && (name === undefined || node.localName === name)) found.push(node);
  }
  return found;
}

/** Returns the first child element of this local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (let node = element?.firstChild; node; node = node.nextSibling) {
    if (isXmlElement(node) && node.localName === name) return node;
  }
  return undefined;
}

/** Returns an attribute by its local name. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  if (!element) return undefined;
  for (let index = 0; index < element.attributes.length; index += 1) {
    const attribute = element.attributes.item(index);
    if (attribute?.localName === name) return attribute.value;
  }
  return undefined;
}

/** Returns true for a property that is on: present, without a value that means off. */
export function isOn(properties: XmlElement | undefined, name: string): boolean {
  const property = childOf(properties, name);
  return property !== undefined && !['0', 'false', 'off'].includes(attributeOf(property, 'val') ?? '1');
}

/** Returns true for an element; false for text, comments and other nodes. */
export function isXmlElement(node: Node): node is XmlElement {
  return node.nodeType === 1;
}
