import type { Bilingual } from '../domain/language.js';
import type { BundleFinding } from '../engine/log/bundle.js';
import type { EntryName, Finding } from '../engine/log/findings.js';
import type { FollowFinding } from '../engine/log/follow.js';
import type { HistoryFinding } from '../engine/log/readableHistory.js';
import type { Difference } from '../engine/projections/compare.js';
import type { KeyFinding } from './operations/verifyKeys.js';
import type { WordingFinding } from './operations/verifyProof.js';
import { messageInBoth } from './russian/messages.js';

type NameFinding = Exclude<KeyFinding, { kind: 'damagedKeys' }>;

const UNWITNESSED: Bilingual = {
  ru: 'контрольную точку не подписал свидетель, время подписи не доказано',
  en: 'the witness has not signed the checkpoint: when it was signed is not proved',
};

const UNSIGNED: Bilingual = {
  ru: 'контрольная точка подписана не этим ключом; если ключ сменили, дайте новый, опубликованный, через --key',
  en: 'the checkpoint is not signed by this key; if the key was changed, give the new one, as it was published, by --key',
};

/** Returns a sentence in Russian and English about a row of a read model that differs from the events. */
export function differenceText({ model, documentId, problem }: Difference): Bilingual {
  const document = `${model} ${documentId}`;
  switch (problem) {
    case 'EDITED':
      return {
        ru: `документ изменён мимо летописи: ${document}`,
        en: `the document was edited outside of the chronicle: ${document}`,
      };
    case 'MISSING':
      return { ru: `документа нет: ${document}`, en: `the document is not there: ${document}` };
    case 'ALIEN':
      return {
        ru: `документа нет в летописи: ${document}`,
        en: `the document does not come from the chronicle: ${document}`,
      };
    case 'MISFILED':
      return {
        ru: `документ находится не по тому, что в нём стоит: ${document}`,
        en: `the document is indexed under other values than it contains: ${document}`,
      };
  }
}

/** Returns a sentence in Russian and English about a finding in the history. */
export function findingText(finding: Finding): Bilingual {
  switch (finding.kind) {
    case 'edited':
      return { ru: `изменено событие: ${entryText(finding.entry)}`, en: `edited: ${entryText(finding.entry)}` };
    case 'moved':
      return {
        ru: `событие записано на месте ${finding.from}, а лежит на другом: ${entryText(finding.entry)}`,
        en: `recorded as event ${finding.from}, moved: ${entryText(finding.entry)}`,
      };
    case 'misplaced':
      return {
        ru: `событие выдано за другое: ${entryText(finding.entry)}`,
        en: `stored in the place of another event: ${entryText(finding.entry)}`,
      };
    case 'unchained':
      return {
        ru: `перед событием в его потоке было другое: ${entryText(finding.entry)}`,
        en: `the event before it in its stream was another: ${entryText(finding.entry)}`,
      };
    case 'inserted':
      return {
        ru: `событие вставлено мимо журнала: ${entryText(finding.entry)}`,
        en: `inserted without the log: ${entryText(finding.entry)}`,
      };
    case 'removed':
      return finding.from === finding.to
        ? { ru: `удалено событие ${finding.from}`, en: `event ${finding.from} was removed` }
        : {
            ru: `удалены события ${finding.from}–${finding.to}`,
            en: `events ${finding.from}–${finding.to} were removed`,
          };
    case 'cut':
      return {
        ru: `конец отрезан: подписано ${finding.checkpoint} событий, осталось ${finding.size}`,
        en: `the tail was cut: ${finding.checkpoint} events were signed, ${finding.size} are there`,
      };
    case 'rewritten':
      return {
        ru: `события ${finding.after + 1}–${finding.checkpoint} не те, что были подписаны`,
        en: `events ${finding.after + 1}–${finding.checkpoint} are not those that were signed`,
      };
    case 'unsigned':
      return {
        ru: `контрольной точки на ${finding.remembered} событий, виденной прежде, больше нет, последняя на ${finding.checkpoint}`,
        en: `the checkpoint over ${finding.remembered} events that was seen before is gone, the last one is over ${finding.checkpoint}`,
      };
    case 'forked':
      return {
        ru: `прежде здесь была проверена другая история из ${finding.remembered} событий`,
        en: `another history of ${finding.remembered} events was verified here before`,
      };
    case 'forged':
      return {
        ru: `контрольная точка ${finding.checkpoint} подписана не ключом журнала`,
        en: `checkpoint ${finding.checkpoint} is not signed by the key of the log`,
      };
    case 'unwitnessed':
      return {
        ru: `не подписано свидетелем контрольных точек: ${finding.count}, первая на ${finding.checkpoint}; их время не доказано`,
        en: `checkpoints that the witness has not signed: ${finding.count}, the first one over ${finding.checkpoint}; their times are not proved`,
      };
    case 'notAnchored':
      return {
        ru: `первые ${finding.anchor} событий не те, что закреплены якорем (log.anchor)`,
        en: `the first ${finding.anchor} events are not those that the anchor names (log.anchor)`,
      };
    case 'anchorForged':
      return {
        ru: `якорь (log.anchor, событий ${finding.anchor}) подписан не ключом этого журнала`,
        en: `the anchor (log.anchor, ${finding.anchor} events) was not signed by the key of this log`,
      };
    case 'wrongTile':
      return {
        ru: `испорчена плитка хешей ${finding.level}/${finding.number}`,
        en: `the tile of hashes ${finding.level}/${finding.number} is wrong`,
      };
    case 'wrongTree':
      return {
        ru: `дерево журнала (${finding.size}) не от этих событий`,
        en: `the tree of the log (${finding.size}) is not that of the events`,
      };
    case 'wrongHead':
      return {
        ru: `последним событием названо ${finding.head}, а последнее ${finding.last}`,
        en: `event ${finding.head} is recorded as the last one, but the last one is ${finding.last}`,
      };
  }
}

function entryText({ position, stream, revision, type }: EntryName): string {
  return `${position} (${type}, ${stream}@${revision})`;
}

/** Returns a sentence in Russian and English about a finding in a served log. */
export function followText(finding: FollowFinding): Bilingual {
  switch (finding.kind) {
    case 'unsigned':
      return UNSIGNED;
    case 'unwitnessed':
      return UNWITNESSED;
    case 'wrongTiles':
      return { ru: 'хеши не те, что были подписаны', en: 'the hashes are not those that were signed' };
    case 'rolledBack':
      return {
        ru: `журнал короче, чем был: ${finding.remembered}`,
        en: `the log is shorter than it was: ${finding.remembered}`,
      };
    case 'forked':
      return {
        ru: `первые ${finding.remembered} записей были другими`,
        en: `the first ${finding.remembered} entries were different`,
      };
  }
}

/** Returns a sentence in Russian and English about a finding in a proof. */
export function proofText(finding: BundleFinding | HistoryFinding | WordingFinding): Bilingual {
  switch (finding.kind) {
    case 'unsigned':
      return UNSIGNED;
    case 'unwitnessed':
      return UNWITNESSED;
    case 'notIncluded':
      return {
        ru: `события № ${finding.number} в таком виде нет в журнале`,
        en: `event ${finding.number} is not in the log in this form`,
      };
    case 'unchained':
      return {
        ru: `перед событием № ${finding.number} было другое`,
        en: `the event before number ${finding.number} was another`,
      };
    case 'unsignedHistory':
      return {
        ru: 'читаемая история не подписана ключом журнала',
        en: 'the readable history is not signed by the key of the log',
      };
    case 'changedLine':
      return {
        ru: `строка № ${finding.number} не та, что подписана для этого события`,
        en: `line ${finding.number} is not the one that was signed for this event`,
      };
    case 'changedNames':
      return { ru: 'список имён изменён', en: 'the list of names was changed' };
    case 'changedPage':
      return {
        ru: 'страница показывает не то, что подписано',
        en: 'the page shows something else than what was signed',
      };
    case 'otherLine':
      return {
        ru: `строка № ${finding.number} говорит не то, что её событие: стоит «${finding.stands}», по событию «${finding.follows}»`,
        en: `line ${finding.number} does not follow from its event: it says «${finding.stands}», the event «${finding.follows}»`,
      };
    case 'otherNames':
      return {
        ru: 'имена в списке не от этих событий',
        en: 'the names in the list are not those of the events',
      };
    case 'otherPage':
      return {
        ru: 'страница показывает не те строки, что следуют из событий',
        en: 'the page shows other lines than those that follow from the events',
      };
    case 'unreadable':
      return {
        ru: `эта версия не читает события: ${messageInBoth(finding.problem).ru}`,
        en: `this version cannot read the events: ${finding.problem}`,
      };
  }
}

/** Returns a sentence in Russian and English about a finding in the keys of persons. */
export function keyFindingText(finding: KeyFinding): Bilingual {
  switch (finding.kind) {
    case 'missingKey':
      return withNames(
        {
          ru: 'нет ключа лица, которое никто не забывал',
          en: 'the key of a person whom nobody has forgotten is missing',
        },
        finding,
      );
    case 'foreignKey':
      return withNames(
        {
          ru: 'ключ лица подменён или стоит у другого лица',
          en: 'the key of a person was changed or stands at another person',
        },
        finding,
      );
    case 'unreadableName':
      return withNames({ ru: 'имя не открывается своим ключом', en: 'a name cannot be opened with its key' }, finding);
    case 'damagedKeys':
      return {
        ru: `файл ключей не читается: ${messageInBoth(finding.problem).ru}`,
        en: `the file of keys cannot be read: ${finding.problem}`,
      };
  }
}

function withNames({ ru, en }: Bilingual, { subject, names, first }: NameFinding): Bilingual {
  const place = `${first.stream}@${first.revision}`;
  return {
    ru: `${ru}: ${subject} (имён ${names}, первое ${place})`,
    en: `${en}: ${subject} (${names} names, the first at ${place})`,
  };
}

/** Returns a line that says how many findings are not printed. */
export function moreText(count: number): Bilingual {
  return { ru: `… и ещё ${count}`, en: `… and ${count} more` };
}
