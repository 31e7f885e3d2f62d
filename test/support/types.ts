import { resolve } from 'node:path';
import ts from 'typescript';

const PROJECT = resolve(__dirname, '../..');

/** What the compiler says of a file, under the project's own options. */
export function diagnosticsOf(file: string): string[] {
  const config = ts.readConfigFile(resolve(PROJECT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, PROJECT);
  const program = ts.createProgram([file], options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
