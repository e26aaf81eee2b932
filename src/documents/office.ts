import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TurnAborted } from './turns.js';
import { UnreadableDocument } from './unreadable.js';

/** Timeout of a conversion. The first start of LibreOffice on an idle machine takes about five seconds. */
const CONVERSION_MS = 60_000;
/** Largest document that LibreOffice may write, in bytes. */
const MAX_WRITTEN = 50_000_000;
/** Memory that its processes may reserve, in KiB, and the largest file that they may write, in blocks of 512 bytes. */
const SHELL_LIMITS = `ulimit -v 4000000; ulimit -f ${MAX_WRITTEN / 512 + 1_000}; ulimit -c 0`;
const COPY_NAME = 'document';

/**
 * Settings of the profile: macros are off, and linked files are not loaded. LibreOffice ignores unknown settings, so
 * the list includes settings of several versions.
 */
const SETTINGS: readonly (readonly [string, string, string])[] = [
  ['/org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
  ['/org.openoffice.Office.Writer/Content/Update', 'Link', '0'],
];

/** Converts documents with an installed LibreOffice, one at a time. */
export class Office {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param program LibreOffice's `soffice`: a name on the PATH, or a path.
   * @param timeoutMs time of one conversion.
   */
  constructor(
    private readonly program: string,
    private readonly timeoutMs: number = CONVERSION_MS,
  ) {}

  /**
   * Returns a document of Word 97–2003 as docx.
   *
   * @throws UnreadableDocument when LibreOffice is not installed, cannot read the document or takes too long.
   * @throws TurnAborted when the signal aborts; LibreOffice and its child processes are killed then.
   */
  toDocx(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const converted = this.#last.then(() => this.#converted(bytes, signal));
    this.#last = converted.catch(() => undefined);
    return converted;
  }

  async #converted(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const directory = await mkdtemp(join(tmpdir(), 'letopis-office-'));
    try {
      await writeProfile(join(directory, 'profile'));
      await writeFile(join(directory, `${COPY_NAME}.doc`), bytes);
      await this.#run(directory, signal);
      const written = join(directory, 'out', `${COPY_NAME}.docx`);
      const size = await stat(written).then(
        (file) => file.size,
        () => 0,
      );
      if (size === 0) throw unreadable('LibreOffice cannot read this document of Word 97–2003 (.doc)');
      if (size > MAX_WRITTEN) throw unreadable('this document of Word 97–2003 (.doc) is far larger than a plan');
      return await readFile(written);
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #run(directory: string, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(new TurnAborted());
    const profile = pathToFileURL(join(directory, 'profile')).href;
    const [command, args] = withLimits(this.program, [
      ...[`-env:UserInstallation=${profile}`, '--headless', '--norestore', '--nolockcheck', '--nodefault'],
      ...['--infilter=MS Word 97', '--convert-to', 'docx:MS Word 2007 XML'],
      ...['--outdir', join(directory, 'out'), join(directory, `${COPY_NAME}.doc`)],
    ]);
    return new Promise((resolve, reject) => {
      // A separate process group: `soffice` starts further processes, and all are killed together.
      const child = spawn(command, args, {
        cwd: directory,
        env: environmentIn(directory),
        stdio: 'ignore',
        detached: true,
      });
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        killGroup(child.pid);
        settle();
      };
      const abort = () => end(() => reject(new TurnAborted()));
      const timer = setTimeout(
        () =>
          end(() => reject(unreadable(`LibreOffice did not read this document within ${this.timeoutMs / 1_000} s`))),
        this.timeoutMs,
      );
      signal?.addEventListener('abort', abort, { once: true });
      child.once('error', () => end(() => reject(unreadable(NOT_INSTALLED))));
      // A failed conversion exits with 0 too, so its success is judged by the written file.
      child.once('exit', (code) =>
        end(() => (code === NO_SUCH_PROGRAM ? reject(unreadable(NOT_INSTALLED)) : resolve())),
      );
    });
  }
}

/** Exit code of a shell that does not find a program. */
const NO_SUCH_PROGRAM = 127;
const NOT_INSTALLED =
  'this is a document of Word 97–2003 (.doc), which is read with LibreOffice, and the server has none: install LibreOffice there (LETOPIS_SOFFICE names its program)';

function unreadable(problem: string): UnreadableDocument {
  return new UnreadableDocument(null, `${problem}, or save the document as docx and import that`, 'OLD_WORD');
}

/** Returns the command that runs the program with limits for memory and files, if a shell can set them. */
function withLimits(program: string, args: readonly string[]): readonly [string, readonly string[]] {
  if (process.platform === 'win32') return [program, args];
  return ['/bin/sh', ['-c', `${SHELL_LIMITS}; exec "$0" "$@"`, program, ...args]];
}

/** Returns the environment of the program: only PATH of the server's environment, which contains secrets. */
function environmentIn(directory: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: directory,
    TMPDIR: directory,
    TEMP: directory,
    TMP: directory,
    LANG: 'C.UTF-8',
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // All processes of the group have ended.
  }
}

async function writeProfile(profile: string): Promise<void> {
  const items = SETTINGS.map(
    ([path, name, value]) =>
      `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  );
  await mkdir(join(profile, 'user'), { recursive: true });
  await writeFile(
    join(profile, 'user', 'registrymodifications.xcu'),
    `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join('\n')}
</oor:items>
`,
  );
}
