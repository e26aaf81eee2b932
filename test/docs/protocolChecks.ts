/** How it is checked that a statement of PROTOCOL.md is true. */
export type ProtocolCheck =
  /** A case of a test file; `cluster/` needs `npm run test:cluster`. */
  | { readonly file: string; readonly case: string }
  /** No check: the statement is advice, or introduces a topic. */
  | { readonly advice: string };

const sample = (name: string): ProtocolCheck => ({ file: 'docs/protocolSample.test.ts', case: name });
const verify = (name: string): ProtocolCheck => ({ file: 'app/verify.test.ts', case: name });
const anchor = (name: string): ProtocolCheck => ({ file: 'app/logAnchor.test.ts', case: name });
const damage = (name: string): ProtocolCheck => ({ file: 'engine/log/damage.test.ts', case: name });
const bundle = (name: string): ProtocolCheck => ({ file: 'engine/log/bundle.test.ts', case: name });
const words = (name: string): ProtocolCheck => ({ file: 'app/readableProof.test.ts', case: name });
const served = (name: string): ProtocolCheck => ({ file: 'api/planProof.test.ts', case: name });
const proofs = (name: string): ProtocolCheck => ({ file: 'api/proofs.test.ts', case: name });
const follower = (name: string): ProtocolCheck => ({ file: 'engine/eventlog/follower.test.ts', case: name });
const advice = (why: string): ProtocolCheck => ({ advice: why });

const ENTRIES = sample('entries are canonical JSON with the fields that the page names');
const CHAIN = sample('entries name the leaf of the previous entry of their stream');
const TREE = sample('the leaves and nodes are hashed as in RFC 6962');
const NOTE = sample('a checkpoint is a note of three lines, signed by the log and cosigned by its witness');
const ROTATED = verify('is handed over by the key before it, and verified from either end');
const BUNDLE_FIELDS = sample('a proof page contains the fields that the page names');
const LINE_FIELDS = sample('a line of a readable history has the fields that the page names');
const HISTORY_NOTE = sample('the note of a readable history binds lines, names and page as the page says');
const TILES = verify('is a signed checkpoint over the hashes of its tiles');
const NAMED = damage('$what is reported as just that');

/** The check of each statement, by its beginning. */
export const PROTOCOL_CHECKS: readonly (readonly [beginning: string, check: ProtocolCheck])[] = [
  ['This page is for people', advice('what the page is for')],
  ['Everything here follows', sample('the verifier in Go uses its standard library alone')],
  ['Words in `code`', advice('how to read the page')],
  ['Each event is stored as one canonical JSON', ENTRIES],
  ['Its fields:', ENTRIES],
  ['The log covers all streams', { file: 'docs/protocol.test.ts', case: 'names every stream that the log covers' }],
  ['`previous` is the leaf', CHAIN],
  ['Events that are older than the log', damage('reported as just that')],
  ['An entry does not contain its position', ENTRIES],
  ['Names of persons are stored', sample('names of persons are encrypted in entries')],
  ['Destroying the key erases', { file: 'app/forget.test.ts', case: 'no answer, file or log holds it' }],
  ['Every proof still holds', { file: 'app/forget.test.ts', case: 'the history verifies' }],
  ['The entries, in the order', TREE],
  ['- leaf:', TREE],
  ['- node:', TREE],
  ['Proofs of inclusion', { file: 'engine/log/vectors.test.ts', case: '$source is judged as there' }],
  ['Within a second after', proofs('is there as soon as the command was answered')],
  ['``` letopis/', NOTE],
  ['— letopis/', NOTE],
  ['The first signature', NOTE],
  ['The second is a', NOTE],
  ['Both keys are derived', ROTATED],
  ['So somebody who has only the files', anchor('is not signed: $name')],
  ['`npx letopis verify` prints both keys', sample('the API and verify name the same two keys')],
  ['**Publish both', advice('what to do with the keys')],
  ['Neither key vouches', verify('that is remembered or given is not replaced by that of the files')],
  ['A check with only the key', verify('that is remembered or given is not replaced by that of the files')],
  ['The log can change its key', ROTATED],
  ['The stream `log` then has', sample('events of the log have the fields that the page names')],
  ['A checkpoint by `previous`', ROTATED],
  ['So trust in one key', ROTATED],
  ['A later key leads back', ROTATED],
  ['If events are in KurrentDB', follower('the log that follows a chronicle')],
  ['The log is derived from the events', follower('when it is built anew')],
  ['A chronicle that is copied', { file: 'cluster/copy.test.ts', case: 'has everything as it was' }],
  ['A running server serves the log', TILES],
  ['The layout is that of', { file: 'engine/log/vectors.test.ts', case: 'have the address $path' }],
  ['| `/checkpoint`', TILES],
  [
    '| `/tile/<level>/<number>` |',
    { file: 'engine/log/vectors.test.ts', case: 'of a tree of $size entries are as wide' },
  ],
  ['| `/tile/<level>/<number>.p', TILES],
  ['| `/tile/entries/<number>`', proofs('are told in bundles, byte for byte as their leaves say')],
  ['Numbers are written in groups', sample('numbers of tiles are written in groups of three digits')],
  ['A bundle with an entry of more', proofs('are not told of a bundle that cannot hold one of them')],
  ['Callers of the API who', proofs('shows each entry to be in the log, as it was recorded')],
  ['`consistency(from, to)`', proofs('the log that proves it begins with the one before')],
  ['Every mutation with `receipt: true`', proofs('shows what it wrote to be in the signed log')],
  ['`system { logKey witnessKey }` returns', sample('the API and verify name the same two keys')],
  ['`npx letopis verify [--data DIR]', verify('verifies beside a running server, then without it')],
  ['1. the leaf of each event', NAMED],
  ['2. each event names', NAMED],
  ['3. each tile', NAMED],
  ['4. at each signed size', NAMED],
  ['5. the log begins', damage('is found forked')],
  ['6. the log begins', anchor('is not signed: $name')],
  ['The command says which anchor', anchor('says which anchor it used')],
  ['If the whole data directory was replaced', anchor('a directory that was replaced as a whole cannot be told')],
  ['`log.anchor` is a JSON object', sample('an anchor has the fields and the seal that the page names')],
  ['The server writes it after', anchor('is never ahead')],
  ['The stream `log` has an event `LogAccepted`', sample('events of the log have the fields that the page names')],
  [
    'Further lines of a checkpoint',
    { file: 'app/witness.test.ts', case: 'cosigns what goes on from what it has cosigned' },
  ],
  ['`npx letopis verify` remembers both keys', verify('remembers the key and the checkpoint')],
  ['A remembered witness counts', verify('that is remembered or given is not replaced by that of the files')],
  ['A checkpoint that another witness', verify('that is remembered or given is not replaced by that of the files')],
  ['Without a remembered or given witness', verify('the time is called as good as the files')],
  ['Exit codes:', verify('ends with 2 when nothing anchors it, and with 3 when it is called wrongly')],
  ['What the command can name exactly', damage('are named as that and nothing else, wherever and however many')],
  ['After the last full tile', NAMED],
  ['What it detects without naming', NAMED],
  ['The next event of the stream', NAMED],
  ['What nobody can detect', damage('is found robbed of the last checkpoints')],
  ['So store a checkpoint', advice('what to do about it')],
  ['`npx letopis verify --url', verify('follows the log of a server from elsewhere, by the key that was published')],
  ['With `--witness`, or', verify('leaves behind what the files are verified by afterwards')],
  ['`npx letopis export-proof PLAN`', bundle('write a page and verify it, by the published key too')],
  ['The page tells each event', words('stands on the page: sentence, author, time, before and after')],
  ['Its element `<script', BUNDLE_FIELDS],
  ['| `format`', BUNDLE_FIELDS],
  ['| `stream`', BUNDLE_FIELDS],
  ['| `keys`', BUNDLE_FIELDS],
  ['| `checkpoint`', BUNDLE_FIELDS],
  ['| `entries`', BUNDLE_FIELDS],
  ['| `history`', BUNDLE_FIELDS],
  ['The events are valid if', bundle('names the event that was changed, left out or put elsewhere')],
  ['The proof does not show', advice('what the proof is not about: events after its checkpoint')],
  ['Each line is a JSON text', LINE_FIELDS],
  ['All of it follows from', words('is verified by the key of the log, line by line and with its page')],
  ['Where a line has the name', LINE_FIELDS],
  ['An item has `subject`', served('has no name of a person who was erased, and says so')],
  ['A name that is erased later', advice('what to consider before names are shown')],
  ['The note is signed by the key', HISTORY_NOTE],
  ['Its lines are:', HISTORY_NOTE],
  ['These hashes are', HISTORY_NOTE],
  ['So another word, author', words('whichever character of a line, of the names or of the page is another one')],
  ['| `npx letopis verify --bundle', words('when the log itself has signed words that are not those of the event')],
  ['| [docs/verify-bundle.go]', bundle('finds another author, time or reason even where the log has signed it')],
  [
    '| the page `/proof`',
    {
      file: 'web/proofFile.test.ts',
      case: 'is judged as letopis verify --bundle judges it, wherever a character was changed',
    },
  ],
  [
    'In the audit trail of the web page',
    { file: 'web/entryCheck.test.ts', case: 'is found in the signed log, and told step by step' },
  ],
  ['If another version of Letopis', words('leaves others to that version')],
  ['A proof without `history`', words('says that the words of their pages are not verified')],
  [
    '`golang.org/x/mod/sumdb/note`',
    { file: 'engine/log/note.test.ts', case: 'of the implementation of Go is verified' },
  ],
];
