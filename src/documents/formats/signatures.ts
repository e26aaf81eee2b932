/** First bytes of a zip container, the format of office documents. */
export const ZIP: readonly number[] = [0x50, 0x4b, 0x03, 0x04];
/** First bytes of a compound file, the format of office documents before 2007. */
export const OLD_OFFICE: readonly number[] = [0xd0, 0xcf, 0x11, 0xe0];

/** Returns true for a document of Word 97–2003 (.doc), which only an office program can read. */
export function isOldWord(bytes: Uint8Array): boolean {
  return beginsWith(bytes, OLD_OFFICE) && holdsStream(bytes, 'WordDocument') && !holdsStream(bytes, 'EncryptedPackage');
}

/** Returns true when a compound file has a stream of this name; the names are in UTF-16. */
export function holdsStream(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from(name, 'utf16le'));
}

/** Returns true when a file begins with these bytes. */
export function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
