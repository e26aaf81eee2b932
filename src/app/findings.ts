import type { BundleFinding } from '../engine/log/bundle.js';
import type { EntryName, Finding } from '../engine/log/findings.js';
import type { FollowFinding } from '../engine/log/follow.js';
import type { HistoryFinding } from '../engine/log/readableHistory.js';
import type { Difference } from '../engine/projections/compare.js';
import type { KeyFinding } from './operations/verifyKeys.js';
import type { WordingFinding } from './operations/verifyProof.js';

const UNWITNESSED =
  'контрольную точку не подписал свидетель, время подписи не доказано / the witness has not signed the checkpoint: when it was signed is not proved';

const UNSIGNED =
  'контрольная точка подписана не этим ключом; если ключ сменили, дайте новый, опубликованный, через --key / the checkpoint is not signed by this key; if the key was changed, give the new one, as it was published, by --key';

/** Returns a sentence in Russian and English about a row of a read model that differs from the events. */
export function differenceText({ model, documentId, problem }: Difference): string {
  const document = `${model} ${documentId}`;
  switch (problem) {
    case 'EDITED':
      return `документ изменён мимо летописи / the document was edited outside of the chronicle: ${document}`;
    case 'MISSING':
      return `документа нет / the document is not there: ${document}`;
    case 'ALIEN':
      return `документа нет в летописи / the document does not come from the chronicle: ${document}`;
    case 'MISFILED':
      return `документ находится не по тому, что в нём стоит / the document is indexed under other values than it contains: ${document}`;
  }
}

/** Returns a sentence in Russian and English about a finding in the history. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'edited':
      return `изменено событие / edited: ${entryText(finding.entry)}`;
    case 'moved':
      return `событие записано на месте ${finding.from}, а лежит на другом / recorded as event ${finding.from}, moved: ${entryText(finding.entry)}`;
    case 'misplaced':
      return `событие выдано за другое / stored in the place of another event: ${entryText(finding.entry)}`;
    case 'unchained':
      return `перед событием в его потоке было другое / the event before it in its stream was another: ${entryText(finding.entry)}`;
    case 'inserted':
      return `событие вставлено мимо журнала / inserted without the log: ${entryText(finding.entry)}`;
    case 'removed':
      return finding.from === finding.to
        ? `удалено событие ${finding.from} / event ${finding.from} was removed`
        : `удалены события ${finding.from}–${finding.to} / events ${finding.from}–${finding.to} were removed`;
    case 'cut':
      return `конец отрезан: подписано ${finding.checkpoint} событий, осталось ${finding.size} / the tail was cut: ${finding.checkpoint} events were signed, ${finding.size} are there`;
    case 'rewritten':
      return `события ${finding.after + 1}–${finding.checkpoint} не те, что были подписаны / events ${finding.after + 1}–${finding.checkpoint} are not those that were signed`;
    case 'unsigned':
      return `контрольной точки на ${finding.remembered} событий, виденной прежде, больше нет, последняя на ${finding.checkpoint} / the checkpoint over ${finding.remembered} events that was seen before is gone, the last one is over ${finding.checkpoint}`;
    case 'forked':
      return `прежде здесь была проверена другая история из ${finding.remembered} событий / another history of ${finding.remembered} events was verified here before`;
    case 'forged':
      return `контрольная точка ${finding.checkpoint} подписана не ключом журнала / checkpoint ${finding.checkpoint} is not signed by the key of the log`;
    case 'unwitnessed':
      return `не подписано свидетелем контрольных точек: ${finding.count}, первая на ${finding.checkpoint}; их время не доказано / checkpoints that the witness has not signed: ${finding.count}, the first one over ${finding.checkpoint}; their times are not proved`;
    case 'notAnchored':
      return `первые ${finding.anchor} событий не те, что закреплены якорем (log.anchor) / the first ${finding.anchor} events are not those that the anchor names (log.anchor)`;
    case 'anchorForged':
      return `якорь (log.anchor, событий ${finding.anchor}) подписан не ключом этого журнала / the anchor (log.anchor, ${finding.anchor} events) was not signed by the key of this log`;
    case 'wrongTile':
      return `испорчена плитка хешей ${finding.level}/${finding.number} / the tile of hashes ${finding.level}/${finding.number} is wrong`;
    case 'wrongTree':
      return `дерево журнала (${finding.size}) не от этих событий / the tree of the log (${finding.size}) is not that of the events`;
    case 'wrongHead':
      return `последним событием названо ${finding.head}, а последнее ${finding.last} / event ${finding.head} is recorded as the last one, but the last one is ${finding.last}`;
  }
}

function entryText({ position, stream, revision, type }: EntryName): string {
  return `${position} (${type}, ${stream}@${revision})`;
}

/** Returns a sentence in Russian and English about a finding in a served log. */
export function followText(finding: FollowFinding): string {
  switch (finding.kind) {
    case 'unsigned':
      return UNSIGNED;
    case 'unwitnessed':
      return UNWITNESSED;
    case 'wrongTiles':
      return 'хеши не те, что были подписаны / the hashes are not those that were signed';
    case 'rolledBack':
      return `журнал короче, чем был: ${finding.remembered} / the log is shorter than it was: ${finding.remembered}`;
    case 'forked':
      return `первые ${finding.remembered} записей были другими / the first ${finding.remembered} entries were different`;
  }
}

/** Returns a sentence in Russian and English about a finding in a proof. */
export function proofText(finding: BundleFinding | HistoryFinding | WordingFinding): string {
  switch (finding.kind) {
    case 'unsigned':
      return UNSIGNED;
    case 'unwitnessed':
      return UNWITNESSED;
    case 'notIncluded':
      return `события № ${finding.number} в таком виде нет в журнале / event ${finding.number} is not in the log in this form`;
    case 'unchained':
      return `перед событием № ${finding.number} было другое / the event before number ${finding.number} was another`;
    case 'unsignedHistory':
      return 'читаемая история не подписана ключом журнала / the readable history is not signed by the key of the log';
    case 'changedLine':
      return `строка № ${finding.number} не та, что подписана для этого события / line ${finding.number} is not the one that was signed for this event`;
    case 'changedNames':
      return 'список имён изменён / the list of names was changed';
    case 'changedPage':
      return 'страница показывает не то, что подписано / the page shows something else than what was signed';
    case 'otherLine':
      return `строка № ${finding.number} говорит не то, что её событие: стоит «${finding.stands}», по событию «${finding.follows}» / line ${finding.number} does not follow from its event`;
    case 'otherNames':
      return 'имена в списке не от этих событий / the names in the list are not those of the events';
    case 'otherPage':
      return 'страница показывает не те строки, что следуют из событий / the page shows other lines than those that follow from the events';
    case 'unreadable':
      return `эта версия не читает события: ${finding.problem} / this version cannot read the events: ${finding.problem}`;
  }
}

/** Returns a sentence in Russian and English about a finding in the keys of persons. */
export function keyFindingText(finding: KeyFinding): string {
  switch (finding.kind) {
    case 'missingKey':
      return `нет ключа лица, которое никто не забывал / the key of a person whom nobody has forgotten is missing: ${namesText(finding)}`;
    case 'foreignKey':
      return `ключ лица подменён или стоит у другого лица / the key of a person was changed or stands at another person: ${namesText(finding)}`;
    case 'unreadableName':
      return `имя не открывается своим ключом / a name cannot be opened with its key: ${namesText(finding)}`;
    case 'damagedKeys':
      return `файл ключей не читается / the file of keys cannot be read: ${finding.problem}`;
  }
}

function namesText({ subject, names, first }: Exclude<KeyFinding, { kind: 'damagedKeys' }>): string {
  return `${subject} (имён / names ${names}, первое / first ${first.stream}@${first.revision})`;
}
