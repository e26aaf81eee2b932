import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As `npm start` runs the server, so that every contender has the memory for young objects that Letopis has. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'];

/**
 * Starts a script of this directory in a process of its own, so that what asks takes no time from what answers.
 *
 * @param flags of Node, beside those that all have.
 * @returns `told`, the first message of the script; `ask`, which sends a message and gives the next one; `close`.
 */
export async function child(script, argv, flags = []) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const forked = fork(path, argv, { execArgv: [...FLAGS, ...flags] });
  const waiting = [];
  let problem;
  const next = () =>
    new Promise((resolve, reject) => {
      if (problem) reject(problem);
      else waiting.push({ resolve, reject });
    });
  forked.on('message', (message) => waiting.shift()?.resolve(message));
  const gone = new Promise((resolve) => {
    forked.on('exit', (code, signal) => {
      problem = new Error(`${script} ${argv[0]} ended with ${signal ?? code}`);
      for (const { reject } of waiting.splice(0)) reject(problem);
      resolve();
    });
  });
  return {
    told: await next(),
    ask(message) {
      const answer = next();
      forked.send(message);
      return answer;
    },
    async close() {
      if (forked.connected) forked.disconnect();
      await gone;
    },
  };
}

/**
 * The other side of it: tells the parent that the process is ready, and answers it in turn.
 *
 * @param answers a function for each word that the parent may ask by, given the whole message.
 * @param close done when the parent goes away, whatever the reason.
 */
export function answering(told, answers, close) {
  let turn = Promise.resolve();
  process.on('message', (message) => {
    turn = turn.then(async () => process.send((await answers[message.ask](message)) ?? {}));
  });
  process.on('disconnect', async () => {
    await close();
    process.exit();
  });
  process.send(told);
}
