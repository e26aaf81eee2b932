import { Argument, type Command } from 'commander';
import { helpTexts } from './help.js';
import type { Terminal } from './terminal.js';

/** Shells that completion exists for. */
export const SHELLS = ['bash', 'zsh'] as const;
type Shell = (typeof SHELLS)[number];

/** Adds `letopis completion`, which prints a script that completes commands, options and their values in a shell. */
export function completionCommand(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description(
      'print the script that completes commands and options in a shell: eval "$(npx letopis completion bash)"',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) => {
      const levels = completionLevels(program, helpTexts(terminal.language).text);
      terminal.say(shell === 'bash' ? bashScript(levels) : zshScript(levels));
    });
}

/** A command or a group of commands, and the words that may follow it. */
interface CompletionLevel {
  /** Names of the parent commands and of the command, each after a space; empty for the program itself. */
  readonly path: string;
  readonly words: readonly CompletionWord[];
  /** The possible values of each option, by option; an empty list for an option with free values. */
  readonly values: readonly { readonly option: string; readonly choices: readonly string[] }[];
}

interface CompletionWord {
  readonly word: string;
  readonly description: string;
}

function completionLevels(program: Command, text: (english: string) => string): CompletionLevel[] {
  const globals = program.options;
  const level = (command: Command, path: string): CompletionLevel[] => {
    const options = command === program ? globals : [...command.options, ...globals];
    const ofOptions = options.flatMap(({ long, description }) =>
      long ? [{ word: long, description: text(description) }] : [],
    );
    const below = command.commands.map((each) => ({ word: each.name(), description: text(each.description()) }));
    const fixed = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
    const values = options.flatMap(({ long, required, argChoices }) =>
      long && required ? [{ option: long, choices: argChoices ?? [] }] : [],
    );
    const words = [...below, ...fixed.map((word) => ({ word, description: '' })), ...ofOptions];
    return [{ path, words, values }, ...command.commands.flatMap((each) => level(each, `${path} ${each.name()}`))];
  };
  return level(program, '');
}

/** Returns a text as one word of both shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function pathsOf(levels: readonly CompletionLevel[]): string {
  return levels.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join('|');
}

function bashScript(levels: readonly CompletionLevel[]): string {
  const words = levels.map(
    ({ path, words: of }) => `    ${quoted(path)}) words=${quoted(of.map(({ word }) => word).join(' '))} ;;`,
  );
  const values = levels.flatMap(({ path, values: of }) =>
    of.map(({ option, choices }) => `    ${quoted(`${path} ${option}`)}) words=${quoted(choices.join(' '))} ;;`),
  );
  return `# ${HOW_BASH}
_letopis() {
  local at='' word words='' i first=1
  if [[ \${COMP_WORDS[0]} == npx ]]; then
    [[ \${COMP_WORDS[1]} == letopis && COMP_CWORD -gt 1 ]] || return 0
    first=2
  fi
  for ((i = first; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$at $word" in
    ${pathsOf(levels)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${words.join('\n')}
  esac
  case "$at \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _letopis letopis npx`;
}

const HOW_BASH = 'In ~/.bashrc: eval "$(npx letopis completion bash)"';
const HOW_ZSH = 'In ~/.zshrc, after compinit: eval "$(npx letopis completion zsh)"';

function zshScript(levels: readonly CompletionLevel[]): string {
  const words = levels.map(({ path, words: of }) => {
    const all = of.map(({ word, description }) =>
      quoted(description === '' ? word : `${word}:${description.replaceAll(':', '\\:')}`),
    );
    return `    ${quoted(path)}) words_=(${all.join(' ')}) ;;`;
  });
  const values = levels.flatMap(({ path, values: of }) =>
    of.map(({ option, choices }) => `    ${quoted(`${path} ${option}`)}) words_=(${choices.map(quoted).join(' ')}) ;;`),
  );
  return `#compdef letopis npx
# ${HOW_ZSH}
_letopis() {
  local at='' word
  local -a words_
  if [[ $words[1] == npx ]]; then
    if [[ $words[2] != letopis ]] || (( CURRENT < 3 )); then _default; return; fi
    shift words
    (( CURRENT-- ))
  fi
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
    ${pathsOf(levels)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${words.join('\n')}
  esac
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  if (( $#words_ )); then _describe letopis words_; else _files; fi
}
compdef _letopis letopis npx`;
}
