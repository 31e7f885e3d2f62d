import { resolve } from 'node:path';
import ts from 'typescript';

const PROJECT = resolve(__dirname, '../..');

/** What the compiler says of an environment file, under the project's own options. */
export function diagnosticsOf(file: string): string[] {
  const config = ts.readConfigFile(resolve(PROJECT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, PROJECT);
  // an environment knows nothing of Node or of tests, whose types are most of what there is to read
  const program = ts.createProgram([file], { ...options, types: [] });
  const source = program.getSourceFile(file);
  // what it imports is make check's to look at
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
