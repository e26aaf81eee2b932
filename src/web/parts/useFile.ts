import { useRef } from 'react';

/**
 * Returns a function that takes a chosen file and reads it. If another file is chosen meanwhile, only the last one is
 * used, even if it is read first. `UNREADABLE`: the browser cannot read the file, because it was moved, for example.
 */
export function useFile<Read>(
  read: (file: File) => Promise<Read>,
  onRead: (read: Read | 'UNREADABLE', file: File) => void,
): (file: File | undefined) => Promise<void> {
  const files = useRef(0);
  return async (file) => {
    if (!file) return;
    files.current += 1;
    const own = files.current;
    const found = await read(file).catch(() => 'UNREADABLE' as const);
    if (own === files.current) onRead(found, file);
  };
}
