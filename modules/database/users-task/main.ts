import { run } from './run';

// its one way to say something is the log of the task
const say = (line: string) => void process.stdout.write(`${line}\n`);
void run({ env: process.env, say }).then((code) => {
  process.exitCode = code;
});
