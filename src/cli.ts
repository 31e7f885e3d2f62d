import { commandLine, parsed } from './command-line';
import { keepExitCode } from './exit-code-file';
import { report } from './report-error';

// whoever reads the output may stop reading, as head does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

keepExitCode();
parsed(commandLine(), process.argv.slice(2)).catch(report);
