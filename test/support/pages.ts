import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/load';

/** What a file of the project says, by its path from the top. */
export const textOf = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');

/** As hosts of repositories make links of headings. */
export const anchors = (page: string) =>
  [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
